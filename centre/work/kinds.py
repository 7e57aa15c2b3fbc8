"""The kinds of machine work. Names are stored with work that waits: never reuse one for something else."""

RECEIVE = "receive"  # the receipt of a case that waits for officers
DECIDE = "decide"  # the pledge route: receipts, decision by rule, certificate number
SEAL = "seal"  # the certificate's file, the print order, the decision paper
