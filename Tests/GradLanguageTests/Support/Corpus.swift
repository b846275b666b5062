/// Programs that use the whole language: they are cut off, mutated and run by several tests.
enum Corpus {
  static let programs = [
    """
    a = 2; b = -3; c = 10; f = -2
    d = a*b; L = (d + c) * f; backward L
    print "dL/da = {a.grad:.3}, {b.grad}"
    """,
    """
    x1 = 2; x2 = 0; w1 = -3; w2 = 1
    b = 6.8813735870195432
    n = x1*w1 + x2*w2 + b
    o = n.tanh()
    o.backward()
    assert o ≈ 0.7071067811865476, "o is {o:.10}"
    """,
    """
    # Newton's method, with what the language has of control flow
    f(x) = x^3 - 2*x - 5
    slope(x) = {
      h = 1e-5
      return (f(x + h) - f(x - h)) / (2*h)
    }
    x = 2.0
    repeat 5 { x := x - f(x)/slope(x) }
    if abs(f(x)) < 1e-9 { print "root {x:.6}" } else if x > 0 { print "no" } else { x }
    """,
    """
    plain rate = 0.1
    w = 1; xs = [1, 2, 3]; ys = [x*3 + 0 for x in xs if x > 0]
    loss() = {
      s = 0
      for i in 1..length(xs) { s += (w*xs[i] - ys[end]^0)^2 }
      s / length(xs)
    }
    L = loss()
    for step in 1..20 by 2 {
      forward L; backward L
      w := w - rate*w.grad
      if step == 9 { continue }
      if step > 15 { break }
    }
    show L; zero; set digits 6; print w, [w, w*2][1], if w > 0 then "up" else "down";
    """,
    """
    A = [[1, 2], [3, 4]]; k = 0
    while k < 3 and not k == 7 or false { k += 1; A[1, 2] + A[end, end] }
    adder = n -> x -> x + n
    compose = g -> h -> x -> g(h(x))
    print compose(adder(1))(adder(2))(A[2][1]), 0 < k <= 3, -k^2, 7 // 2 % 3
    "a {"b {1 + 1}"} \\{ \\u{3b1}"
    where(k > 2, max(k, 1, 2), min(1, 2)).sqrt().data
    fact(n) = if n <= 1 then 1 else n*fact(n - 1)
    fact(10); backward L accumulate; L.grad = 1; k.data += 1
    """,
  ]
}
