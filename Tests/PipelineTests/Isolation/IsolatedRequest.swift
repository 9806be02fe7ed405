import GatewayCore
import GatewayTesting

/// One request of the fuzz, and the walls that it may be answered from, as they follow from the promise and not from
/// the code: an answer names the wall behind which it was made.
struct IsolatedRequest {
    let body: String
    let key: String
    private(set) var headers = CallerHeaders()
    /// The wall its own answer is made behind.
    let own: String
    /// Other walls that it may be answered from.
    let besides: String?

    /// - Parameters:
    ///   - number: of the request; nobody else's answer may serve what is known to be nobody's.
    ///   - forgets: a part of the request that the oracle minds and the cache does not, to see that the oracle sees.
    init(number: Int, forgets: Bool = false, using random: inout SeededGenerator) {
        let tenant = Int.random(in: 0..<3, using: &random)
        let namespace = ["", "blue"].randomElement(using: &random) ?? ""
        let model = ["alone", "apart"].randomElement(using: &random) ?? ""
        let user = ["", "ann", "bob"].randomElement(using: &random) ?? ""
        let system = Int.random(in: 0..<3, using: &random)
        let more = Self.parameters.randomElement(using: &random) ?? ""
        let history = Int.random(in: 0..<3, using: &random)
        let thing = AxisEncoder.things.randomElement(using: &random) ?? ""
        let kind = Kind.allCases.randomElement(using: &random) ?? .plain
        let wording = kind.wordings.randomElement(using: &random) ?? ""
        let store = Bool.random(using: &random)

        key = "key-\(tenant)"
        headers.key = key
        headers.namespace = namespace.isEmpty ? nil : namespace
        if Int.random(in: 0..<50, using: &random) == 0 { headers.cacheControl = ["no-cache"] }
        if Int.random(in: 0..<50, using: &random) == 0 { headers.cacheMode = "exact" }
        if Int.random(in: 0..<50, using: &random) == 0 { headers.tags = ["a"] }
        if Int.random(in: 0..<50, using: &random) == 0 { headers.session = "s\(Int.random(in: 0..<9, using: &random))" }
        let isInHeader = Bool.random(using: &random)
        if isInHeader, !user.isEmpty { headers.user = user }

        let question = "\(wording) \(thing)"
        var wall = "\(tenant)/\(namespace)/\(model)/\(system)/\(more.filter { $0 != "\"" })/\(kind.about) \(thing)"
        if forgets { wall += "/\(store)" }
        if kind == .asked { headers.query = "How do I open the \(thing)" }
        if kind == .personal { wall += user.isEmpty ? "/nobody \(number)" : "/\(user)" }
        let isFirst = history == 0 || kind == .asked
        own = wall + (kind == .asked ? "/asked" : isFirst ? "" : "/history \(history)")
        let mayLookAtFirst = kind == .plain && model == "alone" && !isFirst
        besides = mayLookAtFirst ? wall : nil
        var messages = [#"{"role":"system","content":"You are number \#(system)."}"#]
        if history > 0 {
            messages.append(#"{"role":"user","content":"Tell me about \#(history)."}"#)
            messages.append(#"{"role":"assistant","content":"That is \#(history)."}"#)
        }
        messages.append(#"{"role":"user","content":"\#(kind == .asked ? "And that one?" : question)"}"#)
        let named = isInHeader || user.isEmpty ? "" : #","user":"\#(user)""#
        let members = #""prompt_cache_key":"\#(own)","store":\#(store)\#(more)\#(named)"#
        body = #"{"model":"\#(model)","messages":[\#(messages.joined(separator: ","))],\#(members)}"#
    }

    /// Whether an answer that was made behind `wall` may be served to it.
    func allows(_ wall: some StringProtocol) -> Bool { wall == own || wall == besides ?? own }

    private static let parameters = [
        "", #","temperature":0.7"#,
        #","tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]"#,
    ]

    /// What a question is about.
    private enum Kind: CaseIterable {
        /// Can be asked by everybody, anywhere.
        case plain
        /// Asks for the asker's own.
        case personal
        /// Cannot be understood alone.
        case dependent
        /// The caller says beside the messages what is asked.
        case asked

        var about: String {
            switch self {
            case .plain, .asked: "open"
            case .personal: "own"
            case .dependent: "more"
            }
        }

        var wordings: [String] {
            switch self {
            case .plain, .asked: ["How do I open the", "How can I open the", "how do I open the "]
            case .personal: ["Where is my", "Where is  my"]
            case .dependent: ["What about that", "What of that"]
            }
        }
    }
}
