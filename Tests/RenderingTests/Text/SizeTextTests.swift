import Testing

@testable import Rendering

@Suite struct SizeTextTests {
  @Test(
    arguments: [
      (0, "0 B"), (512, "512 B"), (999, "999 B"), (1000, "1 kB"), (4_100_000, "4.1 MB"),
      (999_499, "999 kB"), (999_600, "1 MB"), (12_345_678_901, "12.3 GB"),
      (5_000_000_000_000_000, "5 000 TB"),
    ])
  func bytes(count: Int, text: String) { #expect(SizeText.bytes(count) == text) }

  @Test(
    arguments: [
      (0, "0 ns"), (3.2e-6, "3.2 µs"), (1e-3, "1 ms"), (0.0421, "42.1 ms"), (0.42, "0.42 s"),
      (1.2345, "1.23 s"), (75.04, "75 s"), (3600, "3 600 s"), (0.0996, "0.0996 s"),
    ] as [(Double, String)])
  func seconds(seconds: Double, text: String) { #expect(SizeText.seconds(seconds) == text) }

  @Test(
    arguments: [
      (0, "0"), (999, "999"), (65077, "65 077"), (1_000_000, "1 000 000"), (-1234, "-1 234"),
    ])
  func count(count: Int, text: String) { #expect(SizeText.count(count) == text) }
}
