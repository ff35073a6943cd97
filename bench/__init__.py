"""`make bench`.

What the portal's hot paths cost beside the least they could cost, measured in the same run on the same data.

Each scenario runs ours and its reference in turns, in short rounds, and reports medians: ratios count, the machines are
noisy.
"""
