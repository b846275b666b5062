/// The workloads, written in the language as a user would write them.
enum Programs {
  /// W1: the founding lines.
  static let founding = """
    a = 2; b = -3; c = 10; f = -2
    d = a*b; L = (d + c) * f; backward L
    """

  /// W2: a network 2-16-16-1 on 100 half-moon points, hinge loss and L2, as loops over scalars:
  /// 65 077 operations on tracked numbers.
  static let network = """
    noise(k) = sin(12.9898*k + 78.233)*43758.5453 % 1 * 2 - 1
    moon(k) = if k % 2 == 1 then [cos(pi*(k - 1)/98), sin(pi*(k - 1)/98)] else [1 - cos(pi*(k - 2)/98), 0.5 - sin(pi*(k - 2)/98)]
    plain X = [moon(k) for k in 1..100]
    plain y = [if k % 2 == 1 then -1 else 1 for k in 1..100]
    W1 = [[noise(1000 + 2*n + i) for i in 1..2] for n in 1..16]
    b1 = zeros(16)
    W2 = [[noise(2000 + 16*n + i) for i in 1..16] for n in 1..16]
    b2 = zeros(16)
    w3 = [noise(3000 + i) for i in 1..16]
    b3 = 0

    hidden1(s, n) = {
      a = b1[n]
      for i in 1..2 { a = a + W1[n, i]*X[s, i] }
      relu(a)
    }
    hidden2(h, n) = {
      a = b2[n]
      for i in 1..16 { a = a + W2[n, i]*h[i] }
      relu(a)
    }
    score(s) = {
      h1 = [hidden1(s, n) for n in 1..16]
      h2 = [hidden2(h1, n) for n in 1..16]
      o = b3
      for i in 1..16 { o = o + w3[i]*h2[i] }
      o
    }
    squares(v) = { t = 0; for i in 1..length(v) { t = t + v[i]*v[i] }; t }
    loss() = {
      total = 0
      for s in 1..100 { total = total + relu(1 - score(s)*y[s]) }
      penalty = squares(b1) + squares(b2) + squares(w3) + b3*b3
      for n in 1..16 { penalty = penalty + squares(W1[n]) + squares(W2[n]) }
      total*0.01 + penalty*0.0001
    }
    L = loss()
    """
  static let networkNodes = 65_077
  /// W2 recorded anew and swept.
  static let record = "repeat 10 { L = loss(); backward L }"
  /// W2 replayed: new leaf data, forward, backward.
  static let replay = """
    repeat 10 {
      W1 := W1.data; b1 := b1.data; W2 := W2.data; b2 := b2.data; w3 := w3.data; b3 := b3.data
      forward L
      backward L
    }
    """

  /// W3b: a chain of a million steps, five operations each.
  static let chain = """
    x0 = 0.3
    chain(x, n) = { L = 0; for i in 1..n { x = sin(x)*1.0001 + 0.5*x; L = L + x }; L }
    """
  static let runChain = "L = chain(x0, 1000000); backward L;"
  static let chainNodes = 5_000_000

  /// W6: a plain loop in a function.
  static let sum = "f(n) = { s = 0; for i in 1..n { s = s + i*0.5 }; s }"
  static let runSum = "plain t = f(10000000)"
  static let sumIterations = 10_000_000

  /// W6 at top level, where every iteration records a node.
  static let trackedSum = "n = 0"
  static let runTrackedSum = "s = 0; for i in 1..1000000 { s = s + i*0.5 }"
  static let trackedIterations = 1_000_000

  /// W5: Rosenbrock's function of 100 000 numbers with arrays, eight operations an element.
  static let rosenbrock = """
    r(v) = sum(100*(v[2..end] - v[1..end-1]^2)^2 + (1 - v[1..end-1])^2)
    x = ones(100000)*1.2
    """
  static let runRosenbrock = "repeat 10 { L = r(x); backward L }"
  static let rosenbrockSweeps = 10

  /// W7: the network of W2 with matrices, 1000 steps of gradient descent.
  static let matrices = """
    noise(k) = sin(12.9898*k + 78.233)*43758.5453 % 1 * 2 - 1
    moon(k) = if k % 2 == 1 then [cos(pi*(k - 1)/98), sin(pi*(k - 1)/98)] else [1 - cos(pi*(k - 2)/98), 0.5 - sin(pi*(k - 2)/98)]
    plain X = [moon(k) for k in 1..100]
    plain y = [[if k % 2 == 1 then -1 else 1] for k in 1..100]
    W1 = [[noise(1000 + 2*n + i) for n in 1..16] for i in 1..2]
    b1 = zeros(16)
    W2 = [[noise(2000 + 16*n + i) for n in 1..16] for i in 1..16]
    b2 = zeros(16)
    w3 = [[noise(3000 + i)] for i in 1..16]
    b3 = 0
    loss() = {
      h1 = relu(X @ W1 + b1)
      h2 = relu(h1 @ W2 + b2)
      s = h2 @ w3 + b3
      sum(relu(1 - y*s))/100 + 1e-4*(sum(W1^2) + sum(b1^2) + sum(W2^2) + sum(b2^2) + sum(w3^2) + b3^2)
    }
    """
  static let train = """
    for k in 1..1000 {
      L = loss()
      backward L
      rate = 1.0 - 0.9*k/1000
      W1 := W1 - rate*0.1*W1.grad
      b1 := b1 - rate*0.1*b1.grad
      W2 := W2 - rate*0.1*W2.grad
      b2 := b2 - rate*0.1*b2.grad
      w3 := w3 - rate*0.1*w3.grad
      b3 := b3 - rate*0.1*b3.grad
    }
    """
  static let trainingSteps = 1000
}
