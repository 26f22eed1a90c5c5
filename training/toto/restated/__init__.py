"""Toto 1.0 and 2.0 stated again in plain tensor operations that trace to one static ONNX graph."""
