// The same work as the programs beside, in C++: what ours is held against on the machine at hand.
//
// Reads lines "work size rounds", does the work, and answers each with its result; or does the one work
// that its arguments name. Data of a work is made when it is first asked for.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

// MARK: A tape: an operation appends its operands and its local derivatives; one loop sweeps it

struct Entry {
  int left, right;
  double leftSlope, rightSlope;
};

struct Tape {
  std::vector<Entry> entries{{0, 0, 0, 0}};  // entry 0 receives what flows to constants
  std::vector<double> adjoints;

  int append(int left, double leftSlope, int right, double rightSlope) {
    entries.push_back({left, right, leftSlope, rightSlope});
    return static_cast<int>(entries.size()) - 1;
  }
  void sweep(int root) {
    adjoints.assign(entries.size(), 0);
    adjoints[root] = 1;
    for (int i = root; i > 0; i--) {
      const Entry& entry = entries[i];
      adjoints[entry.left] += adjoints[i] * entry.leftSlope;
      adjoints[entry.right] += adjoints[i] * entry.rightSlope;
    }
  }
} tape;

struct Taped {
  double data = 0;
  int entry = 0;
};
Taped leaf(double x) { return {x, tape.append(0, 0, 0, 0)}; }
Taped operator+(Taped a, Taped b) { return {a.data + b.data, tape.append(a.entry, 1, b.entry, 1)}; }
Taped operator*(Taped a, Taped b) {
  return {a.data * b.data, tape.append(a.entry, b.data, b.entry, a.data)};
}
Taped operator*(Taped a, double k) { return {a.data * k, tape.append(a.entry, k, 0, 0)}; }
Taped hinge(Taped a) { return {1 - a.data, tape.append(a.entry, -1, 0, 0)}; }
Taped relu(Taped a) {
  return {a.data > 0 ? a.data : 0, tape.append(a.entry, a.data > 0 ? 1 : 0, 0, 0)};
}
Taped sin(Taped a) { return {std::sin(a.data), tape.append(a.entry, std::cos(a.data), 0, 0)}; }

// MARK: A recorded graph: operations over a buffer, computed again and swept by two loops

enum class Code : unsigned char { leaf, add, multiply, scale, hinge, relu };

struct Graph {
  struct Operation {
    Code code;
    int left, right;
    double factor;
  };
  std::vector<Operation> operations;
  std::vector<double> values, adjoints;

  int append(Code code, int left = 0, int right = 0, double factor = 0) {
    operations.push_back({code, left, right, factor});
    values.push_back(0);
    return static_cast<int>(operations.size()) - 1;
  }
  void forward() {
    for (size_t i = 0; i < operations.size(); i++) {
      const Operation& o = operations[i];
      switch (o.code) {
        case Code::leaf: break;
        case Code::add: values[i] = values[o.left] + values[o.right]; break;
        case Code::multiply: values[i] = values[o.left] * values[o.right]; break;
        case Code::scale: values[i] = values[o.left] * o.factor; break;
        case Code::hinge: values[i] = 1 - values[o.left]; break;
        case Code::relu: values[i] = values[o.left] > 0 ? values[o.left] : 0; break;
      }
    }
  }
  void sweep() {
    adjoints.assign(operations.size(), 0);
    adjoints.back() = 1;
    for (size_t i = operations.size(); i-- > 0;) {
      const Operation& o = operations[i];
      double adjoint = adjoints[i];
      switch (o.code) {
        case Code::leaf: break;
        case Code::add:
          adjoints[o.left] += adjoint;
          adjoints[o.right] += adjoint;
          break;
        case Code::multiply:
          adjoints[o.left] += adjoint * values[o.right];
          adjoints[o.right] += adjoint * values[o.left];
          break;
        case Code::scale: adjoints[o.left] += adjoint * o.factor; break;
        case Code::hinge: adjoints[o.left] -= adjoint; break;
        case Code::relu: adjoints[o.left] += values[o.left] > 0 ? adjoint : 0; break;
      }
    }
  }
} graph;

struct Recorded {
  int node = 0;
};
Recorded operator+(Recorded a, Recorded b) { return {graph.append(Code::add, a.node, b.node)}; }
Recorded operator*(Recorded a, Recorded b) { return {graph.append(Code::multiply, a.node, b.node)}; }
Recorded operator*(Recorded a, double k) { return {graph.append(Code::scale, a.node, 0, k)}; }
Recorded hinge(Recorded a) { return {graph.append(Code::hinge, a.node)}; }
Recorded relu(Recorded a) { return {graph.append(Code::relu, a.node)}; }

// MARK: The network

double noise(double k) {
  double x = std::sin(12.9898 * k + 78.233) * 43758.5453;
  return (x - std::floor(x)) * 2 - 1;
}

struct Points {
  std::vector<double> x, y, label;
  explicit Points(int count) {
    for (int k = 1; k <= count; k++) {
      bool isUpper = k % 2 == 1;
      double angle = M_PI * (isUpper ? k - 1 : k - 2) / (count - 2);
      x.push_back(isUpper ? std::cos(angle) : 1 - std::cos(angle));
      y.push_back(isUpper ? std::sin(angle) : 0.5 - std::sin(angle));
      label.push_back(isUpper ? -1 : 1);
    }
  }
};

constexpr int width = 16;

template <class Number>
struct Network {
  Number first[width][2], firstBias[width], second[width][width], secondBias[width];
  Number third[width], thirdBias;

  template <class Make>
  void fill(Make make) {
    for (int n = 0; n < width; n++) {
      for (int i = 0; i < 2; i++) first[n][i] = make(noise(1000 + 2 * (n + 1) + i + 1));
      for (int i = 0; i < width; i++) second[n][i] = make(noise(2000 + 16 * (n + 1) + i + 1));
      third[n] = make(noise(3000 + n + 1));
      firstBias[n] = make(0);
      secondBias[n] = make(0);
    }
    thirdBias = make(0);
  }
  Number score(double x, double y) const {
    Number h1[width], h2[width];
    for (int n = 0; n < width; n++)
      h1[n] = relu(firstBias[n] + first[n][0] * x + first[n][1] * y);
    for (int n = 0; n < width; n++) {
      Number sum = secondBias[n];
      for (int i = 0; i < width; i++) sum = sum + second[n][i] * h1[i];
      h2[n] = relu(sum);
    }
    Number sum = thirdBias;
    for (int n = 0; n < width; n++) sum = sum + third[n] * h2[n];
    return sum;
  }
  Number loss(const Points& points) const {
    size_t count = points.x.size();
    Number total = relu(hinge(score(points.x[0], points.y[0]) * points.label[0]));
    for (size_t s = 1; s < count; s++)
      total = total + relu(hinge(score(points.x[s], points.y[s]) * points.label[s]));
    Number penalty = thirdBias * thirdBias;
    for (int n = 0; n < width; n++) {
      penalty = penalty + firstBias[n] * firstBias[n] + secondBias[n] * secondBias[n];
      penalty = penalty + third[n] * third[n];
      for (int i = 0; i < 2; i++) penalty = penalty + first[n][i] * first[n][i];
      for (int i = 0; i < width; i++) penalty = penalty + second[n][i] * second[n][i];
    }
    return total * (1.0 / static_cast<double>(count)) + penalty * 0.0001;
  }
};

double networkRecorded(int size, int rounds) {
  static std::map<int, Points> points;
  const Points& data = points.try_emplace(size, size).first->second;
  Network<Taped> network;
  double result = 0;
  while (rounds-- > 0) {
    tape.entries.resize(1);
    network.fill(leaf);
    Taped loss = network.loss(data);
    tape.sweep(loss.entry);
    result = loss.data;
  }
  return result;
}

double networkReplayed(int size, int rounds) {
  static int recordedSize = 0;
  static std::vector<double> leaves;
  static std::vector<int> nodes;
  if (recordedSize != size) {
    recordedSize = size;
    graph = Graph();
    leaves.clear();
    nodes.clear();
    Network<Recorded> network;
    network.fill([](double x) {
      leaves.push_back(x);
      nodes.push_back(graph.append(Code::leaf));
      return Recorded{nodes.back()};
    });
    network.loss(Points(size));
  }
  while (rounds-- > 0) {
    for (size_t i = 0; i < nodes.size(); i++) graph.values[nodes[i]] = leaves[i];
    graph.forward();
    graph.sweep();
  }
  return graph.values.back();
}

// MARK: By hand

/// The loss of one point, whose share of the gradient is added: the derivatives are written out.
double addGradient(
  const Network<double>& net, double x, double y, double label, double scale, Network<double>& g
) {
  double h1[width], h2[width], d1[width] = {}, d2[width], score = net.thirdBias;
  for (int n = 0; n < width; n++)
    h1[n] = std::fmax(net.firstBias[n] + net.first[n][0] * x + net.first[n][1] * y, 0);
  for (int n = 0; n < width; n++) {
    double sum = net.secondBias[n];
    for (int i = 0; i < width; i++) sum += net.second[n][i] * h1[i];
    h2[n] = std::fmax(sum, 0);
    score += net.third[n] * h2[n];
  }
  double margin = 1 - label * score;
  if (margin <= 0) return 0;
  double slope = -label * scale;
  g.thirdBias += slope;
  for (int n = 0; n < width; n++) {
    g.third[n] += slope * h2[n];
    d2[n] = h2[n] > 0 ? slope * net.third[n] : 0;
    g.secondBias[n] += d2[n];
    for (int i = 0; i < width; i++) {
      g.second[n][i] += d2[n] * h1[i];
      d1[i] += d2[n] * net.second[n][i];
    }
  }
  for (int n = 0; n < width; n++) {
    double d = h1[n] > 0 ? d1[n] : 0;
    g.firstBias[n] += d;
    g.first[n][0] += d * x;
    g.first[n][1] += d * y;
  }
  return margin * scale;
}

double matricesTrained(int, int rounds) {
  static const Points points(100);
  Network<double> network;
  // In matrices the weights stand as inputs by outputs; the numbers are numbered as there.
  network.fill([](double x) { return x; });
  double* weights = reinterpret_cast<double*>(&network);
  constexpr int count = sizeof(network) / sizeof(double);
  double loss = 0;
  for (int k = 1; k <= rounds; k++) {
    Network<double> gradient{};
    double* slopes = reinterpret_cast<double*>(&gradient);
    loss = 0;
    for (size_t s = 0; s < 100; s++)
      loss += addGradient(network, points.x[s], points.y[s], points.label[s], 0.01, gradient);
    double rate = (1.0 - 0.9 * k / rounds) * 0.1;
    for (int i = 0; i < count; i++) {
      loss += 1e-4 * weights[i] * weights[i];
      weights[i] -= rate * (slopes[i] + 2e-4 * weights[i]);
    }
  }
  return loss;
}

double chainSwept(int size, int rounds) {
  double result = 0;
  while (rounds-- > 0) {
    tape.entries.resize(1);
    Taped x = leaf(0.3), sum = leaf(0);
    for (int i = 0; i < size; i++) {
      x = sin(x) * 1.0001 + x * 0.5;
      sum = sum + x;
    }
    tape.sweep(sum.entry);
    result = sum.data;
  }
  return result;
}

double rosenbrockSwept(int size, int rounds) {
  static std::vector<double> x, gradient;
  if (static_cast<int>(x.size()) != size) {
    x.resize(size);
    gradient.resize(size);
    for (int i = 0; i < size; i++) x[i] = 0.5 + 0.3 * std::sin(0.01 * (i + 1));
  }
  double sum = 0;
  while (rounds-- > 0) {
    sum = 0;
    for (int i = 0; i + 1 < size; i++) {
      double u = x[i + 1] - x[i] * x[i], v = 1 - x[i];
      sum += 100 * u * u + v * v;
    }
    double carried = 0;
    for (int i = 0; i + 1 < size; i++) {
      double u = x[i + 1] - x[i] * x[i];
      gradient[i] = carried - 400 * u * x[i] - 2 * (1 - x[i]);
      carried = 200 * u;
    }
    gradient[size - 1] = carried;
  }
  return sum;
}

struct Product {
  int size;
  std::vector<double> a, b, c, da, db, dc, at, bt;
  explicit Product(int n) : size(n), dc(n * n, 1) {
    for (int i = 1; i <= n * n; i++) {
      a.push_back(std::sin(i));
      b.push_back(std::cos(i));
    }
    for (auto* v : {&c, &da, &db, &at, &bt}) v->resize(n * n);
    for (int i = 0; i < n; i++)
      for (int k = 0; k < n; k++) {
        at[k * n + i] = a[i * n + k];
        bt[k * n + i] = b[i * n + k];
      }
  }
  /// Row by row, so that the inner loop runs along rows of both.
  void multiply(const std::vector<double>& x, const std::vector<double>& y, std::vector<double>& z) {
    std::fill(z.begin(), z.end(), 0);
    const double* right = y.data();
    double* result = z.data();
    for (int i = 0; i < size; i++)
      for (int k = 0; k < size; k++) {
        double factor = x[i * size + k];
        for (int j = 0; j < size; j++) result[i * size + j] += factor * right[k * size + j];
      }
  }
  double sum() const {
    double total = 0;
    for (double x : c) total += x;
    return total;
  }
};

Product& product(int size) {
  static std::map<int, Product> products;
  auto [entry, isNew] = products.try_emplace(size, size);
  if (isNew) entry->second.multiply(entry->second.a, entry->second.b, entry->second.c);
  return entry->second;
}

double productForward(int size, int rounds) {
  Product& p = product(size);
  while (rounds-- > 0) p.multiply(p.a, p.b, p.c);
  return p.sum();
}

double productBackward(int size, int rounds) {
  Product& p = product(size);
  while (rounds-- > 0) {
    p.multiply(p.dc, p.bt, p.da);
    p.multiply(p.at, p.dc, p.db);
  }
  return p.sum();
}

using Work = std::function<double(int size, int rounds)>;
const std::map<std::string, Work> works = {
  {"network-recorded", networkRecorded}, {"network-replayed", networkReplayed},
  {"chain-swept", chainSwept},           {"rosenbrock-swept", rosenbrockSwept},
  {"matrices-trained", matricesTrained}, {"product-forward", productForward},
  {"product-backward", productBackward},
};

bool answer(const std::string& line) {
  std::istringstream words(line);
  std::string name;
  int size = 0, rounds = 0;
  words >> name >> size >> rounds;
  auto work = works.find(name);
  if (work == works.end()) {
    std::fprintf(stderr, "there is no yardstick for %s\n", name.c_str());
    return false;
  }
  std::printf("%.12g\n", work->second(size, rounds));
  std::fflush(stdout);
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  std::string line;
  if (count > 1) {
    for (int i = 1; i < count; i++) line += std::string(arguments[i]) + " ";
    return answer(line) ? 0 : 1;
  }
  while (std::getline(std::cin, line))
    if (!answer(line)) return 1;
}
