// Examples, each one click away.

export const examples = [
  { group: "Vectors", entries: [
    { title: "Linear form", p: "a'*x", p2: "a in R^n", wrt: "x" },
    { title: "Quadratic form", p: "x'*A*x + b'*x + c", pre: "b in R^n", wrt: "x" },
    { title: "Symmetric quadratic form, Hessian", p: "A in R^(n x n) symmetric\nx'*A*x/2", wrt: "x", order: "2" },
    { title: "Euclidean norm", p: "norm2(x - y)", wrt: "x" },
    { title: "A layer", p: "z = A*x + b\nsin(z)", pre: "b in R^m", wrt: "x" },
    { title: "Rayleigh quotient", p: "A in R^(n x n) symmetric\nx'*A*x/(x'*x)", wrt: "x" },
  ] },
  { group: "Learning", entries: [
    { title: "Least squares", p: "norm2(X*w - y)^2", wrt: "w" },
    { title: "Ridge regression, Hessian", p: "c in R positive\nsum((X*w - y).^2) + c*w'*w", wrt: "w", order: "2" },
    { title: "Logistic regression", p: "p = sigmoid(X*w)\n-sum(y.*log(p) + (1 - y).*log(1 - p))", wrt: "w" },
    { title: "Softmax layer", p: "x in R^n; b in R^m; t in R^m\nz = W*x + b\nlse(z) - t'*z", wrt: "W" },
    { title: "Two-layer network", p: "x in R^n; t in R^k\nh = tanh(W*x + b)\nsum((V*h - t).^2)/2", pre: "b in R^m", wrt: "W" },
    { title: "Principal components", p: "W in R^(n x k)\nnormF(X - X*W*W')^2", wrt: "W" },
    { title: "Matrix factorisation", p: "c in R positive\nnormF(M - U*V')^2 + c*(normF(U)^2 + normF(V)^2)", wrt: "U" },
    { title: "Support vectors (hinge)", p: "sum(max(1 - y.*(X*w), 0)) + w'*w/2", wrt: "w" },
  ] },
  { group: "Statistics", entries: [
    { title: "Gaussian density", p: "mu in R^n; S in R^(n x n) positive definite\nz = x - mu\nexp(-z'*inv(S)*z/2)", wrt: "x" },
    { title: "Gaussian log-likelihood, precision", p: "P in R^(n x n) positive definite; S in R^(n x n) symmetric\nlogdet(P)/2 - tr(S*P)/2", wrt: "P" },
    { title: "Log-sum-exp", p: "lse(A*x + b)", pre: "b in R^m", wrt: "x" },
    { title: "Entropy of a softmax", p: "p = softmax(x)\n-p'*log(p)", wrt: "x" },
  ] },
  { group: "Matrices", entries: [
    { title: "Trace of a product", p: "tr(A*X*B)", wrt: "X" },
    { title: "Determinant", p: "det(X)", wrt: "X" },
    { title: "Log-determinant", p: "X in R^(n x n) positive definite\nlogdet(X)", wrt: "X" },
    { title: "Inverse in a form", p: "a in R^n; b in R^n\na'*inv(X)*b", wrt: "X" },
    { title: "A product by a factor: a tensor", p: "A*X", wrt: "X" },
    { title: "Index notation", p: "sum[i,j](x[i]*A[i,j]*x[j])", wrt: "x" },
  ] },
].map(({ group, entries }) => ({ group, entries: entries.map(({ title, p, pre, p2, wrt, order }) => {
  const head = pre ?? p2;
  return { title, text: p.split("\n").at(-1), state: { p: head ? `${head}\n${p}` : p, wrt, order: order ?? "1" } };
}) }));
