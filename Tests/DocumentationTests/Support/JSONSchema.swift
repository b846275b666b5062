import Foundation

/// So much of JSON Schema as grammar.md uses: `$ref`, `oneOf`, `anyOf`, `type`, `const`, `enum`,
/// `properties`, `required`, `additionalProperties`, `items`.
struct JSONSchema {
  private let root: [String: Any]

  init(_ text: String) throws {
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
    root = json as? [String: Any] ?? [:]
  }

  private static let keywords: Set<String> = [
    "$schema", "$defs", "$ref", "oneOf", "anyOf", "type", "const", "enum", "properties", "required",
    "additionalProperties", "items",
  ]

  /// The names under `$defs`.
  var definitions: [String] { (root["$defs"] as? [String: Any] ?? [:]).keys.sorted() }

  /// What is wrong with a line; nil when it fits.
  func problem(in line: String) throws -> String? {
    let json = try JSONSerialization.jsonObject(
      with: Data(line.utf8), options: .fragmentsAllowed)
    return problem(json, root, "")
  }

  private func problem(_ value: Any, _ schema: [String: Any], _ path: String) -> String? {
    if let unknown = schema.keys.first(where: { !JSONSchema.keywords.contains($0) }) {
      return "the schema has a keyword that is not understood: \(unknown)"
    }
    if let reference = schema["$ref"] as? String {
      let name = reference.replacing("#/$defs/", with: "")
      let definitions = root["$defs"] as? [String: Any] ?? [:]
      guard let target = definitions[name] as? [String: Any] else { return "no \(reference)" }
      if let problem = problem(value, target, path) { return problem }
    }
    for (keyword, isExact) in [("oneOf", true), ("anyOf", false)] {
      guard let choices = schema[keyword] as? [[String: Any]] else { continue }
      let problems = choices.map { problem(value, $0, path) }
      let fitting = problems.count { $0 == nil }
      // The one that came farthest says most.
      if fitting == 0 { return problems.compactMap { $0 }.max { $0.count < $1.count } }
      if isExact, fitting > 1 { return "\(path): fits \(fitting) of \(keyword)" }
    }
    if let constant = schema["const"], !JSONSchema.isEqual(value, constant) {
      return "\(path): is not \(constant)"
    }
    if let choices = schema["enum"] as? [Any],
      !choices.contains(where: { JSONSchema.isEqual(value, $0) })
    {
      return "\(path): is none of \(choices)"
    }
    let types = schema["type"].map { $0 as? [String] ?? [$0 as? String ?? ""] }
    if let types, !types.contains(where: { JSONSchema.has(value, $0) }) {
      return "\(path): is no \(types.joined(separator: " or "))"
    }
    return problemInside(value, schema, path)
  }

  private func problemInside(_ value: Any, _ schema: [String: Any], _ path: String) -> String? {
    if let object = value as? [String: Any] {
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      if let own = properties["type"], let type = object["type"],
        let problem = problem(type, own, path)
      {
        return problem
      }
      for name in schema["required"] as? [String] ?? [] where object[name] == nil {
        return "\(path): lacks \(name)"
      }
      for (name, member) in object {
        guard let own = properties[name] else {
          if schema["additionalProperties"] as? Bool == false { return "\(path).\(name): unknown" }
          continue
        }
        if let problem = problem(member, own, "\(path).\(name)") { return problem }
      }
    }
    if let items = schema["items"] as? [String: Any], let array = value as? [Any] {
      for (index, element) in array.enumerated() {
        if let problem = problem(element, items, "\(path)[\(index)]") { return problem }
      }
    }
    return nil
  }

  private static func isEqual(_ a: Any, _ b: Any) -> Bool {
    (a as? NSObject)?.isEqual(b as? NSObject) ?? false
  }

  private static func isFlag(_ value: Any) -> Bool {
    guard let number = value as? NSNumber else { return false }
    return String(cString: number.objCType) == "c"
  }

  private static func has(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "null": value is NSNull
    case "boolean": isFlag(value)
    case "string": value is String
    case "array": value is [Any]
    case "object": value is [String: Any]
    case "number": value is NSNumber && !isFlag(value)
    case "integer":
      value is NSNumber && !isFlag(value)
        && (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } == true
    case _: false
    }
  }
}
