"""How Peil itself is doing: for machines that watch it, and for its administrator."""
