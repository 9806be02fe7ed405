/// OpenAI's objects as Foundation reads them: what is not optional here must be there.
struct CompletionWire: Decodable {
    struct Choice: Decodable {
        let index: Int
        let message: Message
        let finish_reason: String
    }
    struct Message: Decodable {
        let role: String
        let content: String?
        let refusal: String?
        let tool_calls: [ToolCallWire]?
    }
    let id: String
    let object: String
    let created: Int
    let model: String
    let choices: [Choice]
    let usage: UsageWire
}

struct ChunkWire: Decodable {
    struct Choice: Decodable {
        let index: Int
        let delta: Delta
        let finish_reason: String?
    }
    struct Delta: Decodable {
        let role: String?
        let content: String?
        let tool_calls: [ToolCallWire]?
    }
    let id: String
    let object: String
    let created: Int
    let model: String
    let choices: [Choice]
    let usage: UsageWire?
}

struct ToolCallWire: Decodable {
    struct Function: Decodable {
        let name: String?
        let arguments: String
    }
    let index: Int?
    let id: String?
    let type: String?
    let function: Function
}

struct UsageWire: Decodable, Equatable {
    let prompt_tokens: Int
    let completion_tokens: Int
    let total_tokens: Int
}

struct ErrorWire: Decodable {
    struct Detail: Decodable {
        let message: String
        let type: String
        let param: String?
        let code: String?
    }
    let error: Detail
}

struct ModelsWire: Decodable {
    struct Model: Decodable {
        let id: String
        let object: String
        let created: Int
        let owned_by: String
    }
    let object: String
    let data: [Model]
}

struct EmbeddingsWire<Vector: Decodable>: Decodable {
    struct Element: Decodable {
        let object: String
        let index: Int
        let embedding: Vector
    }
    struct Usage: Decodable {
        let prompt_tokens: Int
        let total_tokens: Int
    }
    let object: String
    let data: [Element]
    let model: String
    let usage: Usage
}

struct StatsWire: Decodable {
    struct Path: Decodable {
        let requests: Int
        let completed: Int
        let cancelled_by_client: Int
        let interrupted: Int
    }
    let requests: Int
    let completed: Int
    let cancelled_by_client: Int
    let interrupted: Int
    let in_flight: Int
    let paths: [String: Path]
}
