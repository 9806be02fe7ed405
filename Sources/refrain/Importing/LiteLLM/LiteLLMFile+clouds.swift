extension LiteLLMFile {
    /// Where in a cloud a deployment is; empty for providers that are in none.
    struct Place {
        var region: String?
        var project: String?
        /// The provider's address there.
        var address: String?
    }

    /// Members of `litellm_params` that clouds alone have, with what becomes of them.
    static let cloudMembers = [
        "aws_region_name": "", "vertex_location": "", "vertex_project": "",
        "aws_access_key_id": "id and secret stand in one variable here, AWS_BEDROCK_KEY, as id:secret",
        "aws_secret_access_key": "id and secret stand in one variable here, AWS_BEDROCK_KEY, as id:secret",
        "aws_session_token": "a third part of AWS_BEDROCK_KEY, as id:secret:token",
        "vertex_credentials": "VERTEX_AI_TOKEN holds an access token here: see Secrets in operations.md",
    ]

    /// - Parameter model: at the provider; loses what only says by which API LiteLLM calls it.
    /// - Returns: nil, after a note, where it is not said, or where the model is not one that is called there.
    mutating func place(_ parameters: LiteLLMNode, of provider: LiteLLMProvider, model: inout String) -> Place? {
        switch provider.api {
        case "bedrock":
            for name in ["aws_secret_access_key", "aws_session_token"] { _ = variable(parameters[name]) }
            for api in ["converse/", "invoke/"] where model.hasPrefix(api) { model.removeFirst(api.count) }
            guard let region = region(parameters["aws_region_name"]) else { return nil }
            return Place(region: region, address: "https://bedrock-runtime.\(region).amazonaws.com")
        case "vertex":
            let credentials = parameters["vertex_credentials"]
            if credentials.text?.contains("private_key") == true { _ = variable(credentials) }
            guard model.hasPrefix("gemini") else {
                note(parameters["model"], "only Gemini's models are called at Vertex AI")
                return nil
            }
            guard let project = parameters["vertex_project"].text, Self.isName(project) else {
                note(parameters["vertex_project"], "expected a project, in the file itself")
                return nil
            }
            guard let region = region(parameters["vertex_location"]) else { return nil }
            let host = region == "global" ? "" : "\(region)-"
            return Place(region: region, project: project, address: "https://\(host)aiplatform.googleapis.com")
        default: return Place()
        }
    }

    private mutating func region(_ node: LiteLLMNode) -> String? {
        if let region = node.text, Self.isName(region) { return region }
        note(node, "expected a region, in the file itself")
        return nil
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
