"""The whole house on one machine: centre, printd, kiosk and the simulated devices, started in order and ended in order."""
