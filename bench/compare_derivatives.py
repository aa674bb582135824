"""Alternates the cases of Nabla.Derivatives.Bench with PyTorch and with NumPy as a good practitioner writes it by hand, and prints the ratios."""
import argparse
import math
import os
import subprocess
import time

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--only", default="")
parser.add_argument("--rounds", type=int, default=5)
arguments = parser.parse_args()
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = str(arguments.threads)

import numpy as np
import scipy.linalg as sl
import scipy.special as sp
import torch
from torch.autograd.functional import hessian, hvp, jacobian

torch.set_num_threads(arguments.threads)


def data(name, *shape):
    """The numbers that Nabla.Derivatives.Bench has."""
    count = math.prod(shape)
    k = np.arange(count, dtype=float)
    entries = np.sin(1.37 * k + 0.0001 * k * (k % 97) + sum(map(ord, name)))
    if name == "S":
        g = entries.reshape(shape)
        return g.T @ g / shape[0] + np.eye(shape[0])
    if name == "y":
        entries = np.where(entries > 0, 1.0, -1.0)
    elif name == "Y":
        entries = np.where(k % 10 == k // 10 % 10, 1.0, 0.0)
    elif name in ("w", "W1", "W2", "x", "v"):
        entries = 0.1 * entries
    return entries.reshape(shape)


def tensors(*arrays, grad=True):
    return [torch.tensor(a, requires_grad=grad) for a in arrays]


def logistic(X, y):
    return lambda w: torch.nn.functional.softplus(-y * (X @ w)).sum()


def logistic_hessian():
    X, w, y = data("X", 2000, 200), data("w", 200), data("y", 2000)
    tX, tw, ty = tensors(X, w, y, grad=False)

    def by_hand():
        p = sp.expit(-y * (X @ w))
        Z = X * np.sqrt(p * (1 - p))[:, None]
        return [Z.T @ Z]

    return lambda: [hessian(logistic(tX, ty), tw, vectorize=True)], by_hand


def quadratic_hessian():
    A, x = data("A", 1000, 1000), data("x", 1000)
    tA, tx = tensors(A, x, grad=False)
    return lambda: [hessian(lambda x: x @ tA @ x, tx, vectorize=True)], lambda: [A + A.T]


def sine_jacobian():
    A, x, b = data("A", 1000, 1000), data("x", 1000), data("b", 1000)
    tA, tx, tb = tensors(A, x, b, grad=False)
    return lambda: [jacobian(lambda x: torch.sin(tA @ x + tb), tx, vectorize=True)], lambda: [np.cos(A @ x + b)[:, None] * A]


def factorisation_hessian():
    T, U, V = data("T", 100, 100), data("U", 100, 5), data("V", 100, 5)
    tT, tU, tV = tensors(T, U, V, grad=False)
    return (lambda: [hessian(lambda U: ((tT - U @ tV.T) ** 2).sum(), tU, vectorize=True)],
            lambda: [2 * np.kron(np.eye(100), V.T @ V).reshape(100, 5, 100, 5)])


def logistic_gradient():
    X, w, y = data("X", 20000, 200), data("w", 200), data("y", 20000)
    tX, ty = tensors(X, y, grad=False)
    tw, = tensors(w)

    def peer():
        return torch.autograd.grad(logistic(tX, ty)(tw), tw)

    return peer, lambda: [X.T @ (-y * sp.expit(-y * (X @ w)))]


def network():
    X, W1, b1, W2, b2, Y = (data(*a).astype(np.float32) for a in (("X", 128, 784), ("W1", 784, 256), ("b1", 256), ("W2", 256, 10), ("b2", 10), ("Y", 128, 10)))
    tX, tY = tensors(X, Y, grad=False)
    weights = tensors(W1, b1, W2, b2)
    labels = tY.argmax(1)

    def peer():
        W1, b1, W2, b2 = weights
        loss = torch.nn.functional.cross_entropy(torch.relu(torch.addmm(b1, tX, W1)) @ W2 + b2, labels)
        return (loss, *torch.autograd.grad(loss, weights))

    def by_hand():
        H = X @ W1
        H += b1
        np.maximum(H, 0, out=H)
        Z = H @ W2
        Z += b2
        top = Z.max(1, keepdims=True)
        E = np.exp(Z - top)
        sums = E.sum(1, keepdims=True)
        loss = (np.log(sums) + top).sum() - (Y * Z).sum()
        G = (E / sums - Y) / np.float32(128)
        D = G @ W2.T
        D *= H > 0
        return [loss / 128, X.T @ D, D.sum(0), H.T @ G, G.sum(0)]

    return peer, by_hand


def gaussian():
    S, t, mu = data("S", 200, 200), data("t", 200), data("mu", 200)
    tt, = tensors(t, grad=False)
    tS, tmu = tensors(S, mu)

    def peer():
        L = torch.linalg.cholesky(tS)
        r = tt - tmu
        u = torch.cholesky_solve(r[:, None], L)[:, 0]
        value = -torch.log(torch.diagonal(L)).sum() - r @ u / 2
        return (value, *torch.autograd.grad(value, (tmu, tS)))

    def by_hand():
        L = np.linalg.cholesky(S)
        r = t - mu
        inverse = sl.lapack.dpotri(L, lower=1)[0]
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        u = sl.cho_solve((L, True), r, check_finite=False)
        return [-np.log(np.diag(L)).sum() - r @ u / 2, u, (np.outer(u, u) - inverse) / 2]

    return peer, by_hand


def newton_step():
    X, w, y = data("X", 2000, 200), data("w", 200), data("y", 2000)
    tX, tw, ty = tensors(X, w, y, grad=False)

    def loss(w):
        return torch.nn.functional.softplus(tX @ w).sum() - ((1 + ty) / 2) @ (tX @ w) + 0.05 * (w @ w)

    def peer():
        return [torch.linalg.solve(hessian(loss, tw, vectorize=True), jacobian(loss, tw))]

    def by_hand():
        p = sp.expit(X @ w)
        Z = X * np.sqrt(p * (1 - p))[:, None]
        H = Z.T @ Z
        H.flat[::201] += 0.1
        return [sl.cho_solve(sl.cho_factor(H, check_finite=False), X.T @ (p - (1 + y) / 2) + 0.1 * w, check_finite=False)]

    return peer, by_hand


def hessian_vector():
    A, x, v = data("A", 5000, 500), data("x", 500), data("v", 500)
    tA, tx, tv = tensors(A, x, v, grad=False)

    def by_hand():
        p = sp.softmax(A @ x)
        u = A @ v
        return [A.T @ (p * (u - p @ u))]

    return lambda: [hvp(lambda x: torch.logsumexp(tA @ x, 0), tx, tv)[1]], by_hand


def log_sigmoid():
    y, z = data("y", 1_000_000), data("z", 1_000_000)
    ty, tz = tensors(y, z, grad=False)
    return lambda: [ty * torch.log(torch.sigmoid(tz))], lambda: [y * np.log(1 / (1 + np.exp(-z)))]


def normal():
    z = data("z", 1_000_000)
    tz, = tensors(z, grad=False)
    return lambda: [torch.exp(-tz ** 2 / 2)], lambda: [np.exp(-z ** 2 / 2)]


def arithmetic():
    z, y, u = data("z", 1_000_000), data("y", 1_000_000), data("u", 1_000_000)
    tz, ty, tu = tensors(z, y, u, grad=False)
    return lambda: [((2 * tz + 1) * tz - ty) / 2 + tu * ty], lambda: [((2 * z + 1) * z - y) / 2 + u * y]


CASES = {
    "logistic-hessian": (logistic_hessian, 14, 1.3), "quadratic-hessian": (quadratic_hessian, 90, 2), "sine-jacobian": (sine_jacobian, 80, 2),
    "factorisation-hessian": (factorisation_hessian, 2000, 10), "logistic-gradient": (logistic_gradient, 1.2, 1.5), "network": (network, 1.0, 1.5),
    "gaussian": (gaussian, 2, 1.2), "newton-step": (newton_step, 10, 1.2), "hessian-vector": (hessian_vector, 5, 1.5),
    "chain-log-sigmoid": (log_sigmoid, 1.5, 4), "chain-normal": (normal, 1.5, 4), "chain-arithmetic": (arithmetic, 1.5, 4),
}
here = os.path.dirname(os.path.abspath(__file__))
program = os.path.join(here, "Nabla.Derivatives.Bench", "bin", "Release", "net10.0", "Nabla.Derivatives.Bench.dll")
child = subprocess.Popen(["dotnet", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(line):
    child.stdin.write(line + "\n")
    child.stdin.flush()
    return child.stdout.readline().split()


def theirs(action, repeats):
    best = math.inf
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def checksum(results):
    return sum(float(np.abs(np.asarray(r.detach() if isinstance(r, torch.Tensor) else r, dtype=float)).sum()) for r in results)


ask(f"threads {arguments.threads}")
print("| work | Nabla ms | PyTorch ms | ratio | asked | NumPy ms | ratio | asked | bytes allocated a run |\n|---|---|---|---|---|---|---|---|---|")
for name in arguments.only.split(",") if arguments.only else CASES:
    make, torch_goal, numpy_goal = CASES[name]
    peer, by_hand = make()
    sums = [checksum(peer()), checksum(by_hand())]
    ask(f"{name} 3")
    repeats = {action: max(1, min(100, int(0.15 / max(theirs(action, 2), 1e-6)))) for action in (peer, by_hand)}
    mine, slow, hand = math.inf, math.inf, math.inf
    for _ in range(arguments.rounds):
        # The threads of each side spin for a while after their work: nobody is measured beside them.
        time.sleep(0.1)
        seconds, own, allocated = ask(f"{name} {repeats[by_hand]}")
        mine = min(mine, float(seconds))
        time.sleep(0.1)
        hand = min(hand, theirs(by_hand, repeats[by_hand]))
        time.sleep(0.1)
        slow = min(slow, theirs(peer, repeats[peer]))
    tolerance = 1e-3 if name == "network" else 1e-6
    for total in sums:
        assert abs(total - float(own)) <= tolerance * abs(total), f"{name}: the results sum to {own}, those of a peer to {total}"
    print(f"| {name} | {mine * 1e3:.4g} | {slow * 1e3:.4g} | {slow / mine:.1f} | {torch_goal} | {hand * 1e3:.4g} | {hand / mine:.2f} | {numpy_goal} | {allocated} |", flush=True)
child.stdin.close()
child.wait(timeout=10)
