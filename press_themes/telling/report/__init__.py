"""The report of a run: one HTML file that can be sent by e-mail.

Its sentences are computed from the tables, and it asks nothing of the network.
"""
