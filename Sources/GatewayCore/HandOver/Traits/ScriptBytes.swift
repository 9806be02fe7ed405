/// Kinds of text that tokenisers cut into pieces of different length.
package enum ScriptClass: Int, Sendable, CaseIterable, Hashable {
    /// Alphabets of any kind, digits and punctuation.
    case latin
    /// Chinese, Japanese and Korean.
    case cjk
    /// Program text, markup and shell lines.
    case code
}

/// Bytes of UTF-8 by script class.
package struct ScriptBytes: Sendable, Equatable {
    package var latin = 0
    package var cjk = 0
    package var code = 0

    package init(latin: Int = 0, cjk: Int = 0, code: Int = 0) {
        self.latin = latin
        self.cjk = cjk
        self.code = code
    }

    package var total: Int { latin + cjk + code }

    package subscript(script: ScriptClass) -> Int {
        get {
            switch script {
            case .latin: latin
            case .cjk: cjk
            case .code: code
            }
        }
        set {
            switch script {
            case .latin: latin = newValue
            case .cjk: cjk = newValue
            case .code: code = newValue
            }
        }
    }

    package static func += (left: inout ScriptBytes, right: ScriptBytes) {
        left.latin += right.latin
        left.cjk += right.cjk
        left.code += right.code
    }
}

/// The text of a conversation by who said it.
package struct RoleText: Sendable, Equatable {
    /// System and developer messages.
    package var system = ScriptBytes()
    package var user = ScriptBytes()
    package var assistant = ScriptBytes()
    /// What tools answered.
    package var tool = ScriptBytes()

    package init() {}

    package var total: ScriptBytes {
        var sum = system
        sum += user
        sum += assistant
        sum += tool
        return sum
    }
}
