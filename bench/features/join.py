# SPDX-License-Identifier: Apache-2.0
# The point-in-time join of 100,000 rows with 200 features by pandas.merge_asof, to stand beside
# BM_JoinAsOf of bench_features: the same sizes, 500 households of 365 vectors, float64, sorted
# inputs as merge_asof wants them (sorting is not counted). Needs pandas; processor time.
import time

import numpy as np
import pandas as pd

HOUSEHOLDS, VECTORS, WIDTH, ROWS = 500, 365, 200, 100_000
random = np.random.default_rng(4)
vectors = pd.DataFrame(
    random.random((HOUSEHOLDS * VECTORS, WIDTH)), columns=[f"f{i}" for i in range(WIDTH)]
)
vectors.insert(0, "at", np.tile(np.arange(VECTORS) * 1_000_000, HOUSEHOLDS))
vectors.insert(0, "household", np.repeat(np.arange(HOUSEHOLDS), VECTORS))
vectors = vectors.sort_values("at", kind="stable").reset_index(drop=True)
rows = pd.DataFrame(
    {"household": np.arange(ROWS) % HOUSEHOLDS, "at": random.integers(0, 365_000_001, ROWS)}
).sort_values("at", kind="stable")
times = []
for _ in range(3):
    started = time.process_time()
    joined = pd.merge_asof(rows, vectors, on="at", by="household")
    times.append(time.process_time() - started)
assert joined.shape == (ROWS, WIDTH + 2) and not joined.isna().any().any()
print(f"pandas {pd.__version__} merge_asof: {min(times) * 1000:.0f} ms of processor time, best of 3")
