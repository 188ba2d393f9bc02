"""bench/peers: installing the engines, running them, and writing what came out. Entry point: ../main.py."""
