import GradLanguage

/// A course of lessons: what a teacher's file says, as data.
struct Course: Equatable {
  /// What it is called.
  var title: String
  /// Its steps, in order; at least one.
  var steps: [Step]
  /// What is said after the last one.
  var ending: [Paragraph]

  /// One thing to learn, and one thing to type.
  struct Step: Equatable {
    var title: String
    /// What is explained before anything is asked.
    var text: [Paragraph]
    /// What is asked.
    var task: [Paragraph]
    /// Statements that run whenever the step begins.
    var setup: [Code]
    /// Statements of earlier steps; they run when a name that they bind is missing, and
    /// whenever the learner asks for the step.
    var needs: [Code]
    /// What must hold, all of it, for the step to be done.
    var checks: [Condition]
    /// Wrong answers that are known, the first that fits is met.
    var mistakes: [Mistake]
    /// Help that fits any other.
    var hint: [Paragraph]
    /// A line that passes the checks.
    var answer: Code
    /// What is said when the step is done.
    var praise: [Paragraph]

    /// The names that are bound for the learner.
    var givenNames: Set<String> {
      Set((needs + setup).flatMap { Interpreter.boundNames(in: $0.text) })
    }

    /// The names that the answer binds.
    var answerNames: Set<String> { Set(Interpreter.boundNames(in: answer.text)) }

    /// The names that the checks look at.
    var checkedNames: Set<String> {
      checks.reduce(into: []) { names, check in
        if case .holds(let expression) = check {
          names.formUnion(Interpreter.freeNames(in: expression))
        }
      }
    }
  }

  /// A wrong answer and what is said to it.
  struct Mistake: Equatable {
    /// What must hold, all of it, for the answer to be this one.
    var conditions: [Condition]
    var reply: [Paragraph]
    /// Lines that make it, for whoever tries the course.
    var examples: [Code]
  }

  /// A line of the language, and where it stands in the file.
  struct Code: Equatable {
    var text: String
    var line: Int
  }

  /// What can be asked about an answer.
  enum Condition: Equatable {
    /// An expression of the language is true in the session; `shown` is the number shown last.
    case holds(String)
    /// What was typed contains this, blanks aside.
    case typed(String)
    /// No number was shown.
    case nothingShown
    /// The line failed, with this code if there is one.
    case failed(code: String?)

    /// Whether it names what is typed.
    var isAboutText: Bool {
      switch self {
      case .typed: true
      case .holds, .nothingShown, .failed: false
      }
    }

    /// As it stands in the file.
    var text: String {
      switch self {
      case .holds(let expression): expression
      case .typed(let part): "typed \(part)"
      case .nothingShown: "nothing shown"
      case .failed(nil): "error"
      case .failed(let code?): "error \(code)"
      }
    }
  }

  /// A part of a text.
  enum Paragraph: Equatable {
    /// Words that are broken into lines where the window ends.
    case prose(String)
    /// Lines that stay as they are.
    case code([String])
  }
}

/// What is wrong with a course's file.
struct CourseError: Error, Equatable {
  /// The line, as people count.
  let line: Int
  /// What is wrong there.
  let problem: String
  /// How it is mended.
  let help: String
}
