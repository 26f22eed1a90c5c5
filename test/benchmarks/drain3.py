"""Mines the lines of standard input with Drain3's defaults and prints lines a second."""
import sys, time
from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig

lines = sys.stdin.read().splitlines()
miner = TemplateMiner(config=TemplateMinerConfig())
start = time.perf_counter()
for line in lines:
    miner.add_log_message(line)
print(len(lines) / (time.perf_counter() - start))
