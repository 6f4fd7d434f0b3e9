"""What lies outside of Peil, played for the demo on this machine: a mail server with its mailbox, and a website. See `at_work`."""
