"""The app as a process: its places on disk, its work in the background, its log and its files."""
