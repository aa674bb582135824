"""Alternates the cases of Nabla.Numerics.Bench with NumPy, SciPy and PyTorch, and prints the ratios of the fastest times.

Names that begin with "torch-" have PyTorch as the peer; those that end in "-into" give both sides storage for the result where the peer takes it;
those that begin with "bandwidth-" have as the peer the reading of as many bytes by OpenBLAS's dot product, so that the ratio is the part of the memory's bandwidth that is used."""
import argparse
import math
import os
import subprocess
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--only", default="")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--processor-time", action="store_true", help="for one thread on a busy machine")
arguments = parser.parse_args()
clock = time.process_time if arguments.processor_time else time.perf_counter
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = str(arguments.threads)

import numpy as np
import scipy.linalg as sl
import scipy.sparse as sparse
import scipy.sparse.linalg as linalg
import scipy.spatial.distance as distance
import scipy.special as sp

random = np.random.default_rng(7)


def uniform(*shape):
    return random.uniform(-1, 1, shape)


def positive(n):
    x = uniform(n, n)
    return x @ x.T + np.eye(n)


def product(a, b):
    return lambda: a @ b


def of(f, *a):
    return lambda: f(*a)


PEERS = {
    "gemm": lambda m, n, k: product(uniform(m, k), uniform(k, n)),
    "gemm-tn": lambda m, n, k: product(uniform(k, m).T, uniform(k, n)),
    "gemm-nt": lambda m, n, k: product(uniform(m, k), uniform(n, k).T),
    "gemm-tt": lambda m, n, k: product(uniform(k, m).T, uniform(n, k).T),
    "sgemm": lambda m, n, k: product(uniform(m, k).astype(np.float32), uniform(k, n).astype(np.float32)),
    "gemv": lambda m, n: product(uniform(m, n), uniform(n)),
    "lu": lambda n: of(sl.lu_factor, uniform(n, n)),
    "solve": lambda n: of(np.linalg.solve, uniform(n, n), uniform(n)),
    "inverse": lambda n: of(np.linalg.inv, uniform(n, n)),
    "cholesky": lambda n: of(np.linalg.cholesky, positive(n)),
    "qr": lambda n: of(np.linalg.qr, uniform(n, n)),
    "eigh": lambda n: of(np.linalg.eigh, positive(n)),
    "eigvalsh": lambda n: of(np.linalg.eigvalsh, positive(n)),
    "svdvals": lambda n: of(lambda a: np.linalg.svd(a, compute_uv=False), uniform(n, n)),
    "eigvals": lambda n: of(np.linalg.eigvals, uniform(n, n)),
    "svd": lambda n: of(np.linalg.svd, uniform(n, n)),
    "eig": lambda n: of(np.linalg.eig, uniform(n, n)),
    "sum": lambda n: of(np.sum, uniform(n)),
    "exp": lambda n: of(np.exp, 5 * uniform(n)),
    "log": lambda n: of(np.log, 2 + uniform(n)),
    "tanh": lambda n: of(np.tanh, 5 * uniform(n)),
    "sin": lambda n: of(np.sin, 5 * uniform(n)),
    "sigmoid": lambda n: of(sp.expit, 5 * uniform(n)),
    "erf": lambda n: of(sp.erf, 3 * uniform(n)),
}


def torch_peer(name, low, high):
    def make(n):
        import torch
        torch.set_num_threads(arguments.threads)
        x = torch.from_numpy(random.uniform(low, high, n))
        return of(getattr(torch, name), x)
    return make


for name, low, high in (("exp", -5, 5), ("log", 1, 3), ("tanh", -5, 5), ("sin", -5, 5), ("sigmoid", -5, 5), ("erf", -3, 3), ("sum", -1, 1)):
    PEERS["torch-" + name] = torch_peer(name, low, high)


def product_into(m, n, k):
    a, b, c = uniform(m, k), uniform(k, n), np.empty((m, n))
    return lambda: np.matmul(a, b, out=c)


def reading(count):
    x = uniform(count)
    return lambda: np.dot(x, x)


def grid(size):
    line, one = sparse.diags([-1, 2.005, -1], [-1, 0, 1], (size, size)), sparse.identity(size)
    return (sparse.kron(one, line) + sparse.kron(line, one)).tocsr()


def sparse_build(size):
    a = grid(size).tocoo()
    order = random.permutation(a.nnz)
    values, rows, columns = a.data[order], a.row[order], a.col[order]
    return lambda: sparse.csr_matrix((values, (rows, columns)), shape=a.shape)


def with_grid(f, width=1):
    def make(size):
        a = grid(size)
        return of(f, a, uniform(size * size) if width == 1 else uniform(size * size, width))
    return make


PEERS |= {
    "sum-down": lambda m, n: of(lambda x: x.sum(0), uniform(m, n)),
    "max-down": lambda m, n: of(lambda x: x.max(0), uniform(m, n)),
    "add-row": lambda m, n: of(np.add, uniform(m, n), uniform(n)),
    "variance": lambda m, n: of(lambda x: x.var(0, ddof=1), uniform(m, n)),
    "covariance": lambda m, n: of(lambda x: np.cov(x, rowvar=False), uniform(m, n)),
    "euclidean": lambda m, n: of(lambda x: distance.cdist(x, x), uniform(m, n)),
    "manhattan": lambda m, n: of(lambda x: distance.cdist(x, x, "cityblock"), uniform(m, n)),
    "cosine": lambda m, n: of(lambda x: distance.cdist(x, x, "cosine"), uniform(m, n)),
    "sparse-build": sparse_build,
    "sparse-vector": with_grid(lambda a, x: a @ x),
    "sparse-transposed": with_grid(lambda a, x: a.T @ x),
    "sparse-matrix": with_grid(lambda a, x: a @ x, 16),
    "sparse-sum": with_grid(lambda a, x: a + a),
    "cg-100": with_grid(lambda a, b: linalg.cg(a, b, tol=1e-30, maxiter=100)),
    "lsqr-100": with_grid(lambda a, b: linalg.lsqr(a, b, atol=0, btol=0, conlim=0, iter_lim=100)),
    "gemm-into": product_into,
    "solve-into": PEERS["solve"],
    "eigvalsh-into": PEERS["eigvalsh"],
    "eigvals-into": PEERS["eigvals"],
    "bandwidth-sum": lambda n: reading(n),
    "bandwidth-gemv": lambda m, n: reading(m * n),
}
SQUARE = [128, 256, 512, 1024, 2048]
SIZES = {
    "gemm": [(n, n, n) for n in [4, 8, 16] + SQUARE] + [(4096, 64, 64), (64, 4096, 64), (64, 64, 4096), (2048, 2048, 32), (1000, 100, 1000)],
    "gemm-tn": [(n, n, n) for n in SQUARE[:4]],
    "gemm-nt": [(n, n, n) for n in SQUARE[:4]],
    "gemm-tt": [(n, n, n) for n in SQUARE[:4]],
    "sgemm": [(n, n, n) for n in SQUARE],
    "gemv": [(500, 500), (2000, 2000)],
    "gemm-into": [(n, n, n) for n in (4, 8, 16, 32)],
    "solve-into": [(n,) for n in (4, 8, 16, 32)],
    "eigvalsh-into": [(n,) for n in (4, 8, 16, 32)],
    "eigvals-into": [(n,) for n in (4, 8, 16, 32)],
    "sum-down": [(20000, 100), (500_000, 3)],
    "max-down": [(20000, 100), (500_000, 3)],
    "add-row": [(20000, 100)],
    "variance": [(20000, 100), (500_000, 3)],
    "covariance": [(20000, 100)],
    "euclidean": [(1000, 50), (2000, 10)],
    "manhattan": [(1000, 50), (2000, 10)],
    "cosine": [(1000, 50), (2000, 10)],
    "bandwidth-sum": [(10_000_000,)],
    "bandwidth-gemv": [(4000, 4000)],
    "lu": [(n,) for n in (100, 500, 1000, 2000)],
    "solve": [(n,) for n in (4, 8, 16, 100, 500)],
    "inverse": [(n,) for n in (4, 100, 500)],
    "cholesky": [(n,) for n in (100, 500, 1000, 2000)],
    "qr": [(n,) for n in (100, 500, 1000, 2000)],
    "eigvalsh": [(n,) for n in (200, 500, 1000)],
    "svdvals": [(n,) for n in (200, 500, 1000)],
    "eigvals": [(n,) for n in (50, 200, 500)],
    "eigh": [(n,) for n in (50, 200, 500, 1000)],
    "svd": [(n,) for n in (50, 200, 500, 1000)],
    "eig": [(n,) for n in (50, 200, 500, 1000)],
}

SIZES |= {name: [(500,)] for name in ("sparse-build", "sparse-vector", "sparse-transposed", "sparse-matrix", "sparse-sum", "cg-100", "lsqr-100")}

here = os.path.dirname(os.path.abspath(__file__))
program = os.path.join(here, "Nabla.Numerics.Bench", "bin", "Release", "net10.0", "Nabla.Numerics.Bench.dll")
child = subprocess.Popen(["dotnet", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def ours(case, sizes, repeats):
    child.stdin.write(" ".join(map(str, (case.removeprefix("torch-").removeprefix("bandwidth-"), *sizes, repeats))) + "\n")
    child.stdin.flush()
    return float(child.stdout.readline())


def theirs(action, repeats):
    start = time.perf_counter()
    action()
    batch = max(1, int(2e-5 / max(time.perf_counter() - start, 1e-7)))
    best = math.inf
    for _ in range(repeats):
        start = clock()
        for _ in range(batch):
            action()
        best = min(best, (clock() - start) / batch)
    return best


ours("threads", (), arguments.threads)
if arguments.processor_time:
    ours("processor-time", (), 0)
print(f"| case | sizes | Nabla ms | peer ms | speed ratio |\n|---|---|---|---|---|")
wanted = arguments.only.split(",") if arguments.only else list(PEERS)
for case in wanted:
    ratios = []
    for sizes in SIZES.get(case, [(10_000,), (1_000_000,)]):
        action = PEERS[case](*sizes)
        repeats = max(1, min(200, int(0.1 / max(theirs(action, 2), 1e-6))))
        ours(case, sizes, max(repeats, 3))
        mine, peer = math.inf, math.inf
        for _ in range(arguments.rounds):
            mine = min(mine, ours(case, sizes, repeats))
            peer = min(peer, theirs(action, repeats))
        ratios.append(peer / mine)
        print(f"| {case} | {' x '.join(map(str, sizes))} | {mine * 1e3:.4g} | {peer * 1e3:.4g} | {peer / mine:.2f} |", flush=True)
    print(f"| {case} | geometric mean | | | {math.exp(sum(map(math.log, ratios)) / len(ratios)):.2f} |", flush=True)
child.stdin.close()
child.wait(timeout=10)
