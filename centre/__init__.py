"""The centre: catalogue, e-licence library, cases, seals, print permits, desk. It has neither devices nor eyes."""
