internal import GatewayCore

/// Writes images and documents.
enum MessagesMedia {
    static func writeImage(
        _ media: Media, mark: CacheMark?, at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        try media.expectUpload(of: .anthropic, at: place)
        var source = media.source
        if case .inline(let type, let base64) = source {
            guard let known = imageType(of: base64, said: type) else {
                throw .untranslatable(place, "an image of type '\(type)', other than JPEG, PNG, GIF and WebP,")
            }
            source = .inline(type: known, base64: base64)
        }
        json.object {
            $0.member("type", "image")
            write(source, to: &$0)
            mark?.write(to: &$0)
        }
    }

    static func writeDocument(
        _ media: Media, mark: CacheMark?, at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        try media.expectUpload(of: .anthropic, at: place)
        var text: String?
        if case .inline(let type, let base64) = media.source, type != "application/pdf" {
            text = type.hasPrefix("text/") || type == "application/json" ? Base64.decodeText(base64) : nil
            guard text != nil else {
                throw .untranslatable(place, "a file of type '\(type)', other than PDF and text,")
            }
        }
        json.object { json in
            json.member("type", "document")
            if let text {
                json.object("source") {
                    $0.member("type", "text")
                    $0.member("media_type", "text/plain")
                    $0.member("data", text)
                }
            } else {
                write(media.source, to: &json)
            }
            json.member("title", media.name)
            mark?.write(to: &json)
        }
    }

    private static func write(_ source: Media.Source, to json: inout JSONWriter) {
        json.object("source") {
            switch source {
            case .url(let url):
                $0.member("type", "url")
                $0.member("url", url)
            case .upload(let id):
                $0.member("type", "file")
                $0.member("file_id", id)
            case .inline(let type, let base64):
                $0.member("type", "base64")
                $0.member("media_type", type)
                $0.member("data", base64)
            }
        }
    }

    /// The type of an image by its first bytes, since one under another's name is refused; else what it is said to
    /// be. Nil for one that is not taken.
    private static func imageType(of base64: String, said type: String) -> String? {
        let beginnings = [
            ("iVBORw0KGgo", "image/png"), ("/9j/", "image/jpeg"), ("R0lGOD", "image/gif"), ("UklGR", "image/webp"),
        ]
        if let known = beginnings.first(where: { base64.hasPrefix($0.0) }) { return known.1 }
        let type = type == "image/jpg" ? "image/jpeg" : type
        return beginnings.contains { $0.1 == type } ? type : nil
    }
}
