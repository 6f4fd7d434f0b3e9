"""Erasing a customer: who it was is gone from everywhere, the rows stay, so that no figure changes.

A customer gets another, random name in the same block of the jackknife; nothing ties it to the person. Comments,
searches and columns of one's own are emptied. A list of keyed hashes remembers who was erased, so that a backup that
is restored later is erased again before anyone sees it.
"""
