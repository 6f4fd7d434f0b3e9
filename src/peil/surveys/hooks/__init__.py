"""Webhooks that come in: systems that tell what happened and prove it with a signature instead of a key.

signature  what is signed, and whether a signature holds
keeping    which there are, and their secrets: worked out each time, and kept nowhere
"""
