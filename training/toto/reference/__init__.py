"""Test oracles: both networks in the terms of the originals, unfolded and unoptimised."""
