import GatewayTesting

/// A whole BERT of two small layers with random weights, as files.
enum SafetensorsFixture {
    static let configuration = """
        {"model_type":"bert","hidden_act":"gelu","hidden_size":16,"num_hidden_layers":2,"num_attention_heads":2,
         "intermediate_size":24,"max_position_embeddings":64,"vocab_size":29,"type_vocab_size":2,"layer_norm_eps":1e-12}
        """

    static var tensors: [(name: String, shape: [Int])] {
        var tensors: [(name: String, shape: [Int])] = [
            ("embeddings.word_embeddings.weight", [29, 16]), ("embeddings.position_embeddings.weight", [64, 16]),
            ("embeddings.token_type_embeddings.weight", [2, 16]), ("embeddings.LayerNorm.weight", [16]),
            ("embeddings.LayerNorm.bias", [16]),
        ]
        for layer in 0..<2 {
            let shapes: [(String, Int, Int)] = [
                ("attention.self.query", 16, 16), ("attention.self.key", 16, 16), ("attention.self.value", 16, 16),
                ("attention.output.dense", 16, 16), ("intermediate.dense", 24, 16), ("output.dense", 16, 24),
            ]
            for (name, outputs, inputs) in shapes {
                tensors.append(("encoder.layer.\(layer).\(name).weight", [outputs, inputs]))
                tensors.append(("encoder.layer.\(layer).\(name).bias", [outputs]))
            }
            for name in ["attention.output.LayerNorm", "output.LayerNorm"] {
                tensors.append(("encoder.layer.\(layer).\(name).weight", [16]))
                tensors.append(("encoder.layer.\(layer).\(name).bias", [16]))
            }
        }
        return tensors
    }

    /// - Parameter edit: changes the header's text before it is measured.
    static func file(seed: UInt64 = 1, edit: (String) -> String = { $0 }) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        var entries: [String] = ["\"__metadata__\":{\"format\":\"pt\"}"]
        var data: [UInt8] = []
        for (name, shape) in tensors {
            let count = shape.reduce(1, *)
            let end = data.count + count * 4
            entries.append(
                "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(data.count),\(end)]}")
            for _ in 0..<count {
                let bits = Float.random(in: -1...1, using: &generator).bitPattern
                for shift in [0, 8, 16, 24] as [UInt32] { data.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            }
        }
        let header = Array(edit("{" + entries.joined(separator: ",") + "}").utf8)
        let length: [UInt8] = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> ($0 * 8)) }
        return length + header + data
    }

    static func files() -> [String: [UInt8]] {
        [
            "model.safetensors": file(), "config.json": Array(configuration.utf8),
            "tokenizer.json": Array(TokenizerFixture.json().utf8),
        ]
    }
}
