import Foundation
import GradLanguage
import Testing

@testable import grad

/// The course that grad brings along.
@Suite("The course from a slope to a neuron")
struct NeuronCourseTests {
  private let course: Course

  init() throws { course = try CourseFile.builtIn.course().get() }

  @Test("every answer passes its checks, every example meets its mistake")
  func rehearsal() {
    let rehearsal = Rehearsal(course, sourceName: "neuron.course", interrupt: Interrupt())
    #expect(rehearsal.complaints.map { "\($0.line): \($0.text)" } == [])
    #expect(rehearsal.passed > 50)
  }

  @Test("six to eight steps, mistakes known in each, all of them with examples")
  func size() {
    #expect((6...8).contains(course.steps.count))
    for step in course.steps {
      #expect(step.mistakes.count > 3, "\(step.title)")
      #expect(step.mistakes.allSatisfy { !$0.examples.isEmpty }, "\(step.title)")
      #expect(step.praise != [.prose("Right.")], "\(step.title)")
    }
    #expect(!course.ending.isEmpty)
  }

  @Test("a course that does not do what it says is found out")
  func faults() throws {
    let text = """
      course: C
      step: One
      setup: a = 1
      text: t
      ask: a
      check: a == 1
      mistake: a == 2
      two
      example: a = 3
      hint: h
      answer: a = 2
      step: Two
      setup: zz
      text: t
      ask: a
      check: 1
      hint: h
      answer: 1
      """
    let course = try CourseReader.read(Array(text.utf8))
    let rehearsal = Rehearsal(course, sourceName: "c", interrupt: Interrupt())
    #expect(rehearsal.complaints.map(\.line) == [11, 11, 9, 13])
    #expect(rehearsal.complaints[0].text == "`One` is done before anything is typed")
    #expect(rehearsal.complaints[1].text.contains("meets mistake 1 of its step"))
    #expect(rehearsal.passed == 0)
  }
}
