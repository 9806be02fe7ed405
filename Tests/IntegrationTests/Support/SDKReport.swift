/// What `sdk_client.py` prints.
struct SDKReport: Decodable {
    struct Seen: Decodable, Equatable {
        let cache: String?
        let text: String
        let usage: Int?
        let finish: String?
        /// Pieces of text; 0 when it came whole.
        let deltas: Int
    }

    struct Failure: Decodable, Equatable {
        /// The SDK's error class.
        let `class`: String
        let status: Int?
        let code: String?

        init(_ name: String, _ status: Int?, _ code: String?) {
            self.class = name
            self.status = status
            self.code = code
        }
    }

    let answers: [Seen]
    let streamedFirst: [Seen]
    let models: [String]
    let model: String
    let errors: [String: Failure]
}
