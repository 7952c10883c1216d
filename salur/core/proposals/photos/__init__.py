"""Photos of houses: looked at (`photo`), redrawn in a process apart (`pixels`), kept (`keeping`)."""
