internal import CLibcurl

extension Transfer {
    /// Makes libcurl call this object. No closure captures anything: the object comes back as the context pointer.
    func connectCallbacks() throws(CurlError) {
        let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        try easy.set(CURLOPT_PRIVATE, pointer: context)
        try easy.set(CURLOPT_PREREQDATA, pointer: context)
        try easy.setPrerequisite { context, _, _, _, _ in
            Transfer.at(context)?.requestLeaves()
            return Int32(CURL_PREREQFUNC_OK)
        }
        try easy.set(CURLOPT_HEADERDATA, pointer: context)
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            guard let transfer = Transfer.at(context), transfer.receive(headLine: line) else {
                return CLibcurl_write_error()
            }
            return line.count
        }
        try easy.set(CURLOPT_WRITEDATA, pointer: context)
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            guard !piece.isEmpty else { return 0 }
            return Transfer.at(context)?.receive(piece: piece) ?? CLibcurl_write_error()
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
