"""Webhooks that come in: the address where systems tell what happened, and the page on which colleagues make one."""
