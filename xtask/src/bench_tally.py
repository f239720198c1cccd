# Counts one file by one rule with pabutools and prints the seconds for reading and for the rule
# and the ids chosen. Killed by an alarm when it takes too long.
import json
import signal
import sys
import time

file, rule, utility, limit = sys.argv[1:5]
from pabutools.election import Additive_Borda_Sat, Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat
from pabutools.election.pabulib import parse_pabulib
from pabutools.rules import (
    completion_by_rule_combination,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)

signal.alarm(int(limit))
begun = time.perf_counter()
instance, profile = parse_pabulib(file)
read = time.perf_counter() - begun
worth = {
    "cost": Cost_Sat,
    "cardinality": Cardinality_Sat,
    "borda": Additive_Borda_Sat,
    "score": Additive_Cardinal_Sat,
}[utility]
begun = time.perf_counter()
if rule == "greedy":
    chosen = greedy_utilitarian_welfare(instance, profile, sat_class=worth)
elif rule == "mes":
    chosen = method_of_equal_shares(instance, profile, sat_class=worth)
elif rule == "phragmen":
    chosen = sequential_phragmen(instance, profile)
else:
    chosen = completion_by_rule_combination(
        instance,
        profile,
        [method_of_equal_shares, greedy_utilitarian_welfare],
        [{"sat_class": worth, "voter_budget_increment": 1}, {"sat_class": worth}],
    )
counted = time.perf_counter() - begun
print(json.dumps({"read_s": read, "count_s": counted, "selected": sorted(p.name for p in chosen)}))
