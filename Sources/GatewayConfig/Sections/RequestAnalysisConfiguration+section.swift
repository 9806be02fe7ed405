import RequestAnalysis

extension RequestAnalysisConfiguration {
    /// Reads the part of `cache` that decides a request's place in it.
    mutating func read(_ section: ConfigSection) {
        if let secret = section.optional("key", .secret(section.reader.secrets)) { key = secret }
        section.read("epoch", .integer(0...1_000_000_000), into: &epoch)
        section.read("user_scope", .choice, into: &userScope)
        userHeader = section.optional("user_header", .headerName)?.lowercased()
        section.read("question_limit", .bytes(1...1 << 20), into: &questionBytesLimit)
    }
}
