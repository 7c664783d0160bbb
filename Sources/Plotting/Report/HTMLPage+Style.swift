extension HTMLPage {
    /// The style sheet of a page: one column, or two for pictures on wide screens; light or dark mode; black on white
    /// in print.
    static var stylesheet: String {
        """
        body{margin:0;font:15px/1.5 system-ui,sans-serif;background:\(Theme.ground.light);color:\(Theme.ink.light)}
        main{max-width:76rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
        h1{font-size:1.7rem;line-height:1.25;margin:0 0 .4rem;overflow-wrap:anywhere}
        h2{font-size:1.15rem;margin:2.2rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid \(Theme.grid.light)}
        p{margin:.4rem 0;max-width:44rem;overflow-wrap:anywhere}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:1.25rem;align-items:start}
        figure{margin:.6rem 0;min-width:0;border:1px solid \(Theme.grid.light);border-radius:6px;overflow:hidden}
        figure svg{display:block;width:100%;height:auto;max-width:52rem;margin:0 auto}
        .table{overflow-x:auto;margin:.8rem 0}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:\(Theme.muted.light);padding-bottom:.3rem}
        th,td{padding:.22rem .9rem .22rem 0;border-bottom:1px solid \(Theme.grid.light);text-align:right;vertical-align:top}
        th[scope=row],th:first-child{text-align:left;font-weight:400;min-width:12.5em}
        th[scope=row],td:nth-child(2):last-child{overflow-wrap:anywhere}
        thead th{font-weight:600}
        .changed th,.changed td{font-weight:600}
        footer{margin-top:2.5rem;color:\(Theme.muted.light)}
        @media screen and (prefers-color-scheme:dark){
        body{background:\(Theme.ground.dark);color:\(Theme.ink.dark)}
        h2,figure,th,td{border-color:\(Theme.grid.dark)}
        caption,footer{color:\(Theme.muted.dark)}
        }
        @media screen and (max-width:30rem){
        body{font-size:14px}
        th,td{padding-right:.45rem}
        th[scope=row],th:first-child{min-width:0}
        }
        @media print{
        @page{margin:14mm}
        body{font-size:12px;line-height:1.4}
        main{max-width:none;padding:0}
        h1{font-size:1.4rem}
        h2{font-size:1rem;margin-top:1.4rem}
        h2,caption,thead{break-after:avoid}
        figure,tr,.table{break-inside:avoid}
        .figures{grid-template-columns:1fr 1fr;gap:.5rem}
        figure:only-child{grid-column:1/-1}
        figure:only-child svg{max-width:28rem}
        .table{overflow:visible}
        th,td{padding-top:.12rem;padding-bottom:.12rem}
        }

        """
    }
}
