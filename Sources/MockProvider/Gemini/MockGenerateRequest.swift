import NIOCore

/// Reads a request of Google's generateContent, and refuses what Google refuses.
///
/// Fields are read in camel case and, as Google does, in snake case.
struct MockGenerateRequest: Sendable, Equatable {
    /// What stands in for a lost signature (Google's documentation of thought signatures).
    static let dummySignature = "skip_thought_signature_validator"

    private(set) var prompt = MockPrompt()
    /// Calls of the model's last turn, which the next one must answer.
    private var openCalls = 0
    private var lastRole = ""

    init(_ json: MockJSON, model: String) throws(MockProviderError) {
        prompt.model = model
        try readTools(json)
        if let configuration = json.field("generationConfig") { try readConfiguration(configuration) }
        if let instruction = json.field("systemInstruction") {
            let parts = instruction.field("parts")?.elements ?? []
            prompt.promptBytes += parts.reduce(0) { $0 + ($1["text"]?.text?.utf8.count ?? 0) }
        }
        guard let contents = try json.array("contents"), !contents.isEmpty else {
            throw MockProviderError(
                .missingField, "* GenerateContentRequest.contents: contents is not specified\n")
        }
        for (index, content) in contents.enumerated() { try readContent(content, at: "contents[\(index)]") }
    }

    /// Newer models refuse a history whose calls lost their signatures.
    private var needsSignatures: Bool { prompt.model.contains("gemini-3") }

    private mutating func readTools(_ json: MockJSON) throws(MockProviderError) {
        for (index, tool) in (try json.array("tools") ?? []).enumerated() {
            for (number, function) in (tool.field("functionDeclarations")?.elements ?? []).enumerated() {
                let place = "tools[\(index)].function_declarations[\(number)]"
                guard let name = function["name"]?.text, !name.isEmpty else {
                    throw MockProviderError(.invalidValue, "\(place).name: Invalid function name.")
                }
                if let parameters = function.field("parameters") {
                    try MockOpenAPISchema.check(parameters, at: place + ".parameters")
                }
                let schema = function.field("parameters") ?? function.field("parametersJsonSchema")
                prompt.tools.append(MockTool(name: name, schema: schema))
            }
        }
        guard let calling = json.field("toolConfig")?.field("functionCallingConfig") else { return }
        let allowed = calling.field("allowedFunctionNames")?.elements?.compactMap(\.text) ?? []
        switch calling["mode"]?.text?.uppercased() {
        case "ANY": prompt.toolChoice = allowed.isEmpty ? .required : .named(allowed)
        case "NONE": prompt.toolChoice = .never
        case nil, "AUTO", "VALIDATED", "MODE_UNSPECIFIED": prompt.toolChoice = .automatic
        case let mode?:
            throw MockProviderError(
                .invalidValue, "Invalid value at 'tool_config.function_calling_config.mode', \"\(mode)\"")
        }
    }

    private mutating func readConfiguration(_ configuration: MockJSON) throws(MockProviderError) {
        prompt.tokenLimit = configuration.field("maxOutputTokens")?.count
        prompt.stopSequences = configuration.field("stopSequences")?.elements?.compactMap(\.text) ?? []
        guard prompt.stopSequences.count <= 5 else {
            throw MockProviderError(
                .invalidValue, "The number of stop sequences must not be more than 5, and there are more.")
        }
        guard configuration.field("candidateCount")?.count ?? 1 == 1 else {
            throw MockProviderError(.invalidValue, "Multiple candidates is not enabled for this model")
        }
        let jsonSchema = configuration.field("responseJsonSchema")
        if let schema = configuration.field("responseSchema") {
            try MockOpenAPISchema.check(schema, at: "generation_config.response_schema")
            prompt.answerSchema = schema
        }
        if let jsonSchema { prompt.answerSchema = jsonSchema }
        let isJSON = configuration.field("responseMimeType")?.text == "application/json"
        if isJSON, prompt.answerSchema == nil { prompt.answerSchema = .object([]) }
        if prompt.answerSchema != nil, configuration.field("responseMimeType") == nil {
            throw MockProviderError(
                .invalidValue,
                "* GenerateContentRequest.generation_config.response_mime_type: response_schema needs it\n")
        }
        if let thinking = configuration.field("thinkingConfig") {
            let isOff = thinking.field("thinkingBudget")?.count == 0
            prompt.thinking = isOff ? .none : thinking.field("includeThoughts")?.flag == true ? .shown : .hidden
        }
    }

    private mutating func readContent(_ content: MockJSON, at place: String) throws(MockProviderError) {
        let role = content.given("role")?.text ?? "user"
        guard role == "user" || role == "model" || role == "function" else {
            throw MockProviderError(.invalidValue, "Please use a valid role: user, model.")
        }
        guard let parts = content.field("parts")?.elements, !parts.isEmpty else {
            throw MockProviderError(
                .missingField, "* GenerateContentRequest.\(place).parts: contents.parts must not be empty.\n")
        }
        let calls = parts.count { $0.field("functionCall") != nil }
        let responses = parts.count { $0.field("functionResponse") != nil }
        guard role == "model" || responses == openCalls else {
            throw MockProviderError(
                .invalidValue,
                "Please ensure that the number of function response parts is equal to the number of function call "
                    + "parts of the function call turn.")
        }
        guard calls == 0 || lastRole != "model" || role != "model" else {
            throw MockProviderError(
                .invalidValue,
                "Please ensure that function call turn comes immediately after a user turn or after a function "
                    + "response turn.")
        }
        lastRole = role
        openCalls = role == "model" ? calls : 0
        var texts: [String] = []
        var isFirstCall = true
        for (index, part) in parts.enumerated() {
            let place = "\(place).parts[\(index)]"
            if part.field("functionCall") != nil, role == "model" {
                try checkSignature(of: part, isFirst: isFirstCall, at: place)
                isFirstCall = false
            }
            if let text = try readPart(part, at: place) { texts.append(text) }
        }
        guard role != "model" else { return }
        prompt.endsWithToolResult = responses > 0
        if !texts.isEmpty { prompt.lastUserText = texts.joined(separator: "\n") }
    }

    /// Only the first of parallel calls carries a signature.
    private func checkSignature(of part: MockJSON, isFirst: Bool, at place: String) throws(MockProviderError) {
        guard let signature = part.field("thoughtSignature")?.text else {
            guard isFirst, needsSignatures else { return }
            throw MockProviderError(
                .invalidValue,
                "Function call is missing a thought_signature in functionCall parts. This is required for tools to "
                    + "work correctly, and missing thought_signature may lead to degraded model performance. \(place)")
        }
        let bytes = MockBase64.decode(signature)
        let isDummy = signature == Self.dummySignature || bytes == Array(Self.dummySignature.utf8)
        guard isDummy || MockSignature.isValid(signature, for: nil) else {
            throw MockProviderError(.invalidValue, "Corrupted thought signature. \(place)")
        }
    }

    /// Answers the text of a text part.
    private mutating func readPart(_ part: MockJSON, at place: String) throws(MockProviderError) -> String? {
        if let text = part["text"]?.text {
            prompt.promptBytes += text.utf8.count
            return part["thought"]?.flag == true ? nil : text
        }
        if let blob = part.field("inlineData") {
            prompt.attachments += 1
            guard blob.field("mimeType")?.text?.contains("/") == true, let data = blob["data"]?.text,
                MockBase64.decode(data) != nil
            else { throw MockProviderError(.invalidValue, "Unable to process input image. \(place)") }
        } else if let file = part.field("fileData") {
            prompt.attachments += 1
            guard file.field("fileUri")?.text?.isEmpty == false else {
                throw MockProviderError(.missingField, "\(place).file_data.file_uri: must not be empty")
            }
        } else if let response = part.field("functionResponse") {
            guard response["name"]?.text?.isEmpty == false else {
                throw MockProviderError(
                    .missingField, "* GenerateContentRequest.\(place).function_response.name: Name cannot be empty.\n")
            }
            guard let value = response["response"], value.members != nil else {
                throw MockProviderError(
                    .invalidType,
                    "Invalid value at '\(place).function_response.response' "
                        + "(type.googleapis.com/google.protobuf.Struct)")
            }
            prompt.promptBytes += value.spacedText.utf8.count
        } else if part.members?.isEmpty ?? true {
            throw MockProviderError(
                .missingField, "* GenerateContentRequest.\(place).data: required oneof field 'data' must have one "
                    + "initialized field\n")
        }
        return nil
    }
}

extension MockJSON {
    /// A member that is not null, by its name in camel case or, where that is missing, in snake case.
    func field(_ name: String) -> MockJSON? {
        if let value = given(name) { return value }
        guard name.utf8.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
        let snake = name.reduce(into: "") { text, letter in
            text += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
        }
        return given(snake)
    }
}
