// `ans`: the value of the last expression that was shown, until the user binds the name.

extension Machine {
  /// Makes a value the last result: the same node, where it is tracked, without giving it a label.
  func setAnswer(_ value: Register) {
    guard isAnswerAutomatic, !isInspected else { return }
    share(value)
    hot.pointee.globals[GlobalNames.answer] = value
    notePassingEffect()
  }

  /// The name is about to be bound by the user: from now on it is like any other.
  func releaseAnswer() {
    guard isAnswerAutomatic else { return }
    isAnswerAutomatic = false
    hot.pointee.globals[GlobalNames.answer] = .unassigned
  }

  /// Takes the value of a global away; a built-in's name means the built-in again, and `ans` the next
  /// result.
  func forget(_ global: Int) {
    noteEffect()
    names.unbind(global)
    plainGlobals.remove(global)
    hot.pointee.globalLabels[global] = quickLabel(ofGlobal: global)
    if global == GlobalNames.answer { isAnswerAutomatic = true }
    hot.pointee.globals[global] = original(global)
  }

  /// What a global means before anyone binds it.
  func original(_ global: Int) -> Register {
    if global < Builtin.all.count { return Register(.builtin, global) }
    if global < GlobalNames.answer {
      return Register(Builtin.constants[global - Builtin.all.count].value)
    }
    return .unassigned
  }
}
