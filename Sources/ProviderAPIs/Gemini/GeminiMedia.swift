internal import GatewayCore

/// Images, sounds and documents as Gemini takes them.
enum GeminiMedia {
    /// Writes the one member of a part.
    /// - Parameter needsType: whether an address must come with the type of what is there.
    /// - Throws: `invalidRequest` for one that does not tell it.
    static func write(
        _ media: Media, needsType: Bool, at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        try media.expectUpload(of: .google, at: place)
        switch media.source {
        case .inline(let type, let base64):
            json.object("inlineData") {
                $0.member("mimeType", type)
                $0.member("data", base64)
            }
        case .url(let address), .upload(let address):
            let type = type(of: address) ?? media.name.flatMap(type)
            if type == nil, needsType { throw .untranslatable(place, "a file whose address does not tell its type") }
            json.object("fileData") {
                $0.member("mimeType", type)
                $0.member("fileUri", address)
            }
        }
    }

    /// By the ending of the path; nil for one that says nothing.
    private static func type(of address: String) -> String? {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        guard let dot = path.lastIndex(of: ".") else { return nil }
        return types[path[path.index(after: dot)...].lowercased()]
    }

    private static let types = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
        "heic": "image/heic", "heif": "image/heif", "pdf": "application/pdf", "txt": "text/plain",
        "wav": "audio/wav", "mp3": "audio/mp3", "ogg": "audio/ogg", "flac": "audio/flac", "aac": "audio/aac",
        "mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "mpeg": "video/mpeg",
    ]
}
