import Autograd

/// One instruction: 8 bytes.
///
///     opcode  8 bits      a, b, c  16 bits each: registers of the frame, or small numbers
///
/// Where an opcode needs one large operand, `b` and `c` together are a signed 32-bit `wide`.
struct Instruction {
  let opcode: Opcode
  var a: UInt16
  var b: UInt16
  var c: UInt16

  init(_ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    self.opcode = opcode
    self.a = UInt16(truncatingIfNeeded: a)
    self.b = UInt16(truncatingIfNeeded: b)
    self.c = UInt16(truncatingIfNeeded: c)
  }

  init(_ opcode: Opcode, _ a: Int, wide: Int) {
    self.opcode = opcode
    self.a = UInt16(truncatingIfNeeded: a)
    b = UInt16(truncatingIfNeeded: wide)
    c = UInt16(truncatingIfNeeded: wide >> 16)
  }

  /// `b` and `c` as one number.
  @inline(__always)
  var wide: Int { Int(Int32(bitPattern: UInt32(b) | UInt32(c) << 16)) }
}

/// What an instruction does. `r[x]` is register x of the frame, `g[x]` a global.
enum Opcode: UInt8, CaseIterable {
  // Moving
  case move  // r[a] = r[b]
  case share  // the array r[a] is held by more than one name: parts are replaced in a copy
  case loadNumber  // r[a] = numbers[wide]
  case loadText  // r[a] = the string texts[wide]
  case loadGlobal  // r[a] = g[wide]; an error when it has no value
  case storeGlobal  // g[wide] = r[a]: makes a leaf of plain data, labels a node
  case storePlainGlobal  // g[wide] = data of r[a], and the name stays plain
  case storeOwn  // r[a] = r[a] bound to a `restore` block's own name; its label is texts[wide]
  case storeCounter  // g[wide] = r[a], which stays plain: the counter of a loop
  case checkAssigned  // an error when the local r[a] has no value yet
  case decided  // the condition that stands here decided what g[wide] is

  // Arithmetic: r[a] = r[b] op r[c], in the order of `BinaryOperation`
  case add, subtract, multiply, divide, floorDivide, modulus, power
  case atan2, hypot, min, max, logaddexp, xlogy, leakyRelu, polygamma
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, approximatelyEqual
  case matrixProduct  // r[a] = r[b] @ r[c]
  case multiplyAdd  // r[a] = r[b] + x*y: two nodes; the `operands` that follow are x and y
  case operands  // the registers b and c, for the instruction before
  case unary  // r[a] = operation of r[b]; c is a `BuiltinCall`
  case negate  // r[a] = -r[b]
  case positive  // r[a] = r[b], which must be a number
  case truth  // r[a] = 1 where r[b] is not zero, else 0
  case not  // r[a] = 0 where r[b] is not zero, else 1

  // Jumping: by `wide` instructions from the next one
  case jump  // always
  case jumpIfFalse  // when r[a] is 0; leaves a guard where it is tracked
  case loopBack  // always; counts an iteration in r[a] and looks for an interruption
  case forPrepare  // range loop in r[a]…r[a+3]: first, last, step given → index, count, first, step
  case repeatPrepare  // the same for a number of times, given in r[a]
  case forStep  // r[b] = the next number of the loop at r[a] and jump back by c, or go on
  case forStepStoring  // forStep of a body that follows a `storeCounter`: does that, too
  case sumStep  // forStep of a body `sum = sum + x*y`: runs the simple iterations at once first
  case forEachPrepare  // loop over the array r[a] → index, count, array
  case forEachStep  // r[b] = the next element of the loop at r[a] and jump back by c, or go on

  // Functions
  case call  // r[a] = r[b](r[b+1] … r[b+c])
  case callBuiltin  // r[a] = a built-in function of r[b+1] …; c is a `BuiltinCall`
  case returnValue  // return r[a]
  case returnNothing  // return without a value
  case closure  // r[a] = function wide, with captures from the `capture`s that follow
  case capture  // r[a] of this frame is the closure's next capture
  case derivative  // r[a] = the derivative of order c of the function r[b]
  case gradient  // r[a] = the gradient of the function r[b]
  case loadSelf  // r[a] = the function that is running

  // Arrays and strings
  case arrayBegin  // begins an array
  case arrayPush  // adds r[a] to it
  case arrayEnd  // r[a] = the array
  case range  // r[a] = the array first…last by step, given in r[b]…r[b+2]
  case index  // r[a] = r[b][r[c]]
  case index2  // r[a] = r[b][r[c], the register of the `column` that follows]
  case globalIndex2  // r[a] = g[b][r[c], the register of the `column` that follows]
  case column  // the second index, for the `index2` before it
  case part  // r[a] = the part of r[b] that the c `dimension`s after it choose
  case replacePart  // r[a] = r[b] with a part replaced by r[a]; c `dimension`s follow
  case storePart  // changes a part of the leaf r[b] to r[a]; c `dimension`s follow
  case dimension  // one index for the instruction before: a is a `DimensionKind`, b its register
  case length  // r[a] = the number of elements along dimension c of r[b]
  case text  // r[a] = the c pieces r[b] … joined
  case format  // r[a] = r[b] as text in the format texts[c]

  // Values and gradients
  case requireValue  // an error when r[a] is nothing
  case loadData  // r[a] = the data of r[b]
  case loadGradient  // r[a] = the gradient of r[b]
  case storeData  // changes the data of the leaf r[a] to r[b]
  case member  // r[a] = a column of the table r[b]; the `extra` that follows names it: texts[wide]
  case storeGradient  // sets the gradient of r[a] to r[b]

  // Commands
  case statement  // a statement of the input begins; `wide` is its number
  case echo  // shows r[a]; in the `extra` that follows a: as a result, wide: by which name, or -1
  case print  // prints r[b] … r[b+c-1]
  case backward  // sweeps from r[a]; b: accumulate, c: show the table
  case forward  // runs forward to r[a], or everything when b is 1; c: show the table
  case zero  // sets every gradient to 0
  case show  // shows r[a]'s graph, or all names when b is 1
  case graph  // draws the graph of r[a]; to the path r[b], r[c] deep, unless b, c is `noPath`
  case check  // holds the gradients of r[a] against differences
  case explain  // explains the reverse sweep from r[a]; with b = 1 the paths to r[a]
  case plotBegin  // begins a plot of a curves; texts[wide] is the variable, then come their labels
  case samples  // r[a] = the array of points of the interval r[b]…r[b+1]
  case plotPoint  // adds to each of c curves a point: the variable r[b], the values r[b+1] …
  case plotArrays  // the curves of c arrays r[b] …
  case plotOption  // sets `PlotOption` a from r[b], a range from r[b]…r[b+1]
  case plotContact  // r[a] = the number r[b], at which a tangent may touch
  case plotTangent  // adds a tangent of curve a: the point r[b], r[b+1], the slope r[b+2]
  case plotEnd  // hands the plot out; to the path r[b], unless b is `noPath`
  case assert  // an error when r[a] is 0; sides at r[b], a reason at r[c]; see `Assertion`
  case extra  // further operands of the instruction before; never run
  case restore  // a `restore` block begins, or ends where a is 0
  case restoring  // r[a] = a `RestoringFunction` of r[b] …; c is a `RestoringCall`
  case seed  // begins the random numbers anew, from r[a]
  case set  // sets setting a from texts[wide]
  case fail  // an error known when the program was compiled: problems[wide]
  case halt  // the end of the input

  /// The opcode of an operation on two operands.
  static func binary(_ operation: BinaryOperation) -> Opcode {
    Opcode(rawValue: Opcode.add.rawValue + operation.rawValue) ?? .add
  }

  /// The operation of an opcode made by `binary`.
  @inline(__always)
  var binaryOperation: BinaryOperation {
    BinaryOperation(rawValue: rawValue - Opcode.add.rawValue) ?? .add
  }

  /// Whether `wide` is used rather than b and c.
  var isWide: Bool {
    switch self {
    case .loadNumber, .loadText, .loadGlobal, .storeGlobal, .storePlainGlobal, .storeCounter: true
    case .storeOwn, .decided: true
    case .jump, .jumpIfFalse, .loopBack, .forPrepare, .repeatPrepare, .forEachPrepare: true
    case .closure, .statement, .set, .fail, .extra, .plotBegin: true
    case .move, .checkAssigned, .add, .subtract, .multiply, .divide, .floorDivide: false
    case .modulus, .power, .atan2, .hypot, .min, .max, .logaddexp, .xlogy, .leakyRelu: false
    case .polygamma, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: false
    case .approximatelyEqual, .matrixProduct, .unary, .negate, .positive, .truth, .not, .forStep:
      false
    case .forStepStoring, .sumStep: false
    case .forEachStep, .call, .callBuiltin, .returnValue, .returnNothing, .capture: false
    case .share, .member, .seed, .part, .replacePart, .storePart, .dimension, .derivative,
      .gradient:
      false
    case .loadSelf, .arrayBegin, .arrayPush, .arrayEnd, .range, .index, .index2, .column: false
    case .multiplyAdd, .operands, .globalIndex2: false
    case .length, .text, .format, .requireValue, .loadData, .loadGradient, .storeData: false
    case .storeGradient, .echo, .print, .backward, .forward, .zero, .show, .assert: false
    case .graph, .check, .explain, .samples, .plotPoint, .plotArrays, .plotEnd, .halt: false
    case .plotOption, .plotContact, .plotTangent, .restore, .restoring: false
    }
  }
}

/// What a `dimension` chooses.
enum DimensionKind: Int {
  /// One position, or those in an array.
  case value
  /// All positions.
  case all
  /// The positions of a range: first, last, step in registers in a row.
  case range
}
