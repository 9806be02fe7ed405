internal import GatewayCore

/// Images, documents and sounds as Converse takes them: the bytes, or an object in S3.
struct BedrockMedia {
    /// Where it stands in the request, for the message of a refusal.
    let place: String

    func writeImage(_ media: Media, to json: inout JSONWriter) throws(GatewayError) {
        try write("image", media, formats: ["png", "jpeg", "gif", "webp"], to: &json) { _ in }
    }

    func writeAudio(_ media: Media, to json: inout JSONWriter) throws(GatewayError) {
        let formats = ["mp3", "opus", "wav", "aac", "flac", "mp4", "ogg", "mkv", "m4a", "mpeg", "pcm", "webm"]
        try write("audio", media, formats: formats, to: &json) { _ in }
    }

    /// - Parameter name: no other document of the request may have it.
    func writeDocument(_ media: Media, named name: String, to json: inout JSONWriter) throws(GatewayError) {
        let formats = ["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"]
        try write("document", media, formats: formats, to: &json) { $0.member("name", name) }
    }

    private func write(
        _ kind: String, _ media: Media, formats: [String], to json: inout JSONWriter,
        more: (inout JSONWriter) -> Void
    ) throws(GatewayError) {
        guard let format = Self.format(of: media), formats.contains(format) else {
            throw .untranslatable(place, "this type of \(kind)")
        }
        switch media.source {
        case .url(let address) where !address.hasPrefix("s3://"):
            throw .untranslatable(place, "\(kind) by an address outside of S3")
        case .upload: throw .untranslatable(place, "\(kind) by the id of an upload")
        case .url, .inline: break
        }
        json.object(kind) { json in
            json.member("format", format)
            more(&json)
            json.object("source") { json in
                switch media.source {
                case .inline(_, let base64): json.member("bytes", base64)
                case .url(let address), .upload(let address):
                    json.object("s3Location") { $0.member("uri", address) }
                }
            }
        }
    }

    /// By the type, else by the ending of name or address.
    private static func format(of media: Media) -> String? {
        var ending = media.name
        if case .inline(let type, _) = media.source, let format = formats[type] { return format }
        if case .url(let address) = media.source { ending = ending ?? address }
        guard let word = ending?.split(separator: ".").last?.lowercased() else { return nil }
        return word == "jpg" ? "jpeg" : word
    }

    private static let formats = [
        "image/png": "png", "image/jpeg": "jpeg", "image/jpg": "jpeg", "image/gif": "gif", "image/webp": "webp",
        "application/pdf": "pdf", "text/csv": "csv", "application/msword": "doc", "text/html": "html",
        "text/plain": "txt", "text/markdown": "md", "application/vnd.ms-excel": "xls",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "audio/wav": "wav", "audio/x-wav": "wav", "audio/mp3": "mp3", "audio/mpeg": "mp3", "audio/flac": "flac",
        "audio/ogg": "ogg", "audio/opus": "opus", "audio/aac": "aac", "audio/mp4": "m4a", "audio/webm": "webm",
        "audio/pcm": "pcm", "audio/pcm16": "pcm",
    ]
}
