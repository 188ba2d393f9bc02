"""bench/peers: what every engine is given. Entry point: write.py. Nothing here knows an engine or a timing."""
