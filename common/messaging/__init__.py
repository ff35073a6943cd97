"""Channels that carry a message to a person's phone.

Which one is a setting; the words and the choice of whom to tell are others' work.
"""
