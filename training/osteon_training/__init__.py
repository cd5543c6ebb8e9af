"""Trains the models that Osteon serves: arrays in, a versioned model out."""
