import Autograd

/// Why a name cannot be forgotten.
public enum ForgettingFailure: Error, Equatable, Sendable {
  /// Nothing has the name; the one that was probably meant, if there is one.
  case unknown(String, similar: String?)
  /// It is a built-in name that means itself.
  case builtIn(String)
}

extension Interpreter {
  /// Takes names away. Values that others were computed from live on; the name of a built-in
  /// function or constant means that again.
  ///
  /// - Throws: at the first name that the user has not bound; nothing has changed then.
  public func forget(_ names: [String]) throws(ForgettingFailure) {
    var globals: [Int] = []
    for name in names { globals.append(try boundGlobal(name)) }
    for global in globals { machine.forget(global) }
  }

  private func boundGlobal(_ name: String) throws(ForgettingFailure) -> Int {
    if let index = machine.names.existingIndex(of: name), index < machine.globalCount,
      !machine.globals[index].isUnassigned
    {
      if index == GlobalNames.answer || machine.isOwn(index) { return index }
      throw .builtIn(name)
    }
    let known = definedNames.map(\.name)
    throw .unknown(name, similar: Suggestion.nearest(to: name, among: known))
  }
}
