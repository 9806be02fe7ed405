extension CacheReportPage {
    static let style = """
        :root { color-scheme: light dark; --ground: #fbfbfa; --text: #1c1d20; --dim: #62666d; --rule: #dfe1e4;
          --line: #1f6feb; --plain: #9aa0a8; --budget: #c2410c; --best: #15803d; --panel: #ffffff; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #15171a; --text: #e9eaec; --dim: #9da3ab; --rule: #2e3238; --line: #6ea8fe;
            --plain: #767d87; --budget: #fb923c; --best: #4ade80; --panel: #1c1f23; } }
        body { margin: 0; background: var(--ground); color: var(--text);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 920px; margin: 0 auto; padding: 32px 20px 64px; }
        h1 { font-size: 24px; margin: 0 0 8px; } h2 { font-size: 17px; margin: 40px 0 8px; }
        .summary, figcaption, .likeness, .tiles span { color: var(--dim); }
        .advice { border-left: 3px solid var(--best); padding: 4px 0 4px 14px; font-size: 17px; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px;
          margin: 20px 0; }
        .tiles div { background: var(--panel); border: 1px solid var(--rule); border-radius: 8px; padding: 12px 14px; }
        .tiles b { display: block; font-size: 24px; font-weight: 600; font-variant-numeric: tabular-nums; }
        .tiles span { font-size: 13px; }
        figure { margin: 24px 0; background: var(--panel); border: 1px solid var(--rule); border-radius: 8px;
          padding: 16px; }
        svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
        .grid { stroke: var(--rule); stroke-width: 1; } .tick, .axis { fill: var(--dim); }
        .band { fill: var(--line); opacity: .14; } polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        polyline.line { stroke: var(--line); } polyline.plain { stroke: var(--plain); stroke-dasharray: 5 4; }
        circle.dot { fill: var(--line); } circle.best { fill: var(--best); stroke: var(--panel); stroke-width: 2; }
        polygon.decided { fill: var(--panel); stroke: var(--text); stroke-width: 2; }
        line.budget { stroke: var(--budget); stroke-width: 1.5; stroke-dasharray: 2 3; }
        .budget-name { fill: var(--budget); }
        figcaption { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13px; padding-top: 8px; }
        .key::before { content: ""; display: inline-block; width: 18px; height: 0; margin-right: 6px;
          vertical-align: middle; border-top: 2px solid var(--line); }
        .key.plain::before { border-top: 2px dashed var(--plain); }
        .key.decided::before { width: 7px; height: 7px; border: 2px solid var(--text); transform: rotate(45deg); }
        .key.best::before { width: 11px; height: 11px; border: 0; border-radius: 50%; background: var(--best); }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: right; padding: 5px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
        th { color: var(--dim); font-weight: 500; } th:first-child, td:first-child { text-align: left; }
        tr.best td { color: var(--best); font-weight: 600; } tr.decided td { border-top: 2px solid var(--rule); }
        ol { padding-left: 24px; } li { margin: 12px 0; }
        li q { display: block; quotes: none; overflow-wrap: anywhere; }
        li q + q { color: var(--dim); } .likeness { font-size: 13px; }
        """
}
