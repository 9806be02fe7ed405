/// The ids of one response and of its items, all made from the id the provider gave.
struct ResponsesIDs {
    let response: String
    /// What the ids of the items share. OpenAI takes back at most 64 bytes of an id.
    private let stem: String

    init(answer id: String?) {
        let own = id ?? "0"
        response = AnswerID.named(own, by: "resp_")
        let plain = response.dropFirst(5).utf8.filter { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        stem = String(decoding: plain.suffix(48), as: UTF8.self)
    }

    /// - Parameter kind: such as `msg`.
    func item(_ kind: String, at index: Int) -> String { "\(kind)_\(stem)_\(index)" }
}
