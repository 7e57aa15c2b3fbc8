"""A visit: pure functions from (visit, event) to (visit, requests). No Kivy, threads, HTTP, hardware or clock here."""
