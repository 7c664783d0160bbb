extension HTMLPage {
    /// The style sheet of a page: one column of tables and pictures on phones, two on wide screens; light or dark mode;
    /// black on white in print.
    static var stylesheet: String {
        """
        *{box-sizing:border-box}
        body{margin:0;font:15px/1.5 system-ui,sans-serif;background:\(Theme.ground.light);color:\(Theme.ink.light)}
        main{max-width:80rem;margin:0 auto;padding:2rem 1.5rem 3rem}
        h1{font-size:1.8rem;line-height:1.2;margin:0 0 .4rem;overflow-wrap:anywhere}
        h2{font-size:1.2rem;margin:2.6rem 0 1rem;padding-bottom:.3rem;border-bottom:2px solid \(Theme.grid.light)}
        p{margin:0;max-width:46rem;overflow-wrap:anywhere}
        header p,dt,dd small,caption,footer,.steps ul{color:\(Theme.muted.light)}
        .facts{display:grid;grid-template-columns:repeat(6,1fr);gap:.75rem;margin:1.4rem 0 0}
        .facts .score{grid-column:span 2}
        .facts div{border:1px solid \(Theme.grid.light);border-radius:8px;padding:.6rem .8rem;min-width:0}
        dt{font-size:.85rem;line-height:1.3}
        dd{margin:.15rem 0 0;font-size:1.05rem;line-height:1.35;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
        dd data{font-size:1.6rem;font-weight:600;line-height:1.2}
        dd small{display:block;font-size:.85rem;line-height:1.35}
        header .call{margin-top:.4rem;max-width:none}
        .blocks{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1.5rem;align-items:start}
        .blocks p,.blocks .wide,.blocks :only-child{grid-column:1/-1}
        figure{margin:0;min-width:0;border:1px solid \(Theme.grid.light);border-radius:8px;overflow:hidden}
        .blocks figure{align-self:stretch}
        figure svg{display:block;width:100%;height:auto;max-width:44rem;margin:0 auto}
        .table{overflow-x:auto;min-width:0}
        table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
        caption{text-align:left;padding-bottom:.35rem}
        th,td{padding:.28rem .5rem;border-bottom:1px solid \(Theme.grid.light);text-align:right;vertical-align:top}
        th:first-child{text-align:left;padding-left:0;font-weight:400;overflow-wrap:anywhere;min-width:6em}
        td:last-child,th:last-child{padding-right:0}
        .pairs th:first-child{width:45%}
        .pairs td,.pairs thead th{text-align:left;overflow-wrap:anywhere}
        thead th,thead th:first-child,.changed th:first-child,.changed td{font-weight:600}
        .steps{list-style:none;margin:0;padding:0;max-width:46rem}
        .step{position:relative;border:1px solid \(Theme.grid.light);border-left:4px solid \(Theme.series[0].light);border-radius:8px;padding:.55rem .9rem;margin-bottom:1.5rem}
        .arrow{position:absolute;top:-1.5rem;left:1.2rem;line-height:1.5rem;color:\(Theme.muted.light)}
        .step:last-child{margin-bottom:0}
        .steps ul{list-style:none;margin:.2rem 0 0;padding:0}
        code{font:.88em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
        footer{margin-top:3rem;font-size:.85rem}
        .table:focus-visible{outline:2px solid \(Theme.series[0].light)}
        @media screen and (prefers-color-scheme:dark){
        body{background:\(Theme.ground.dark);color:\(Theme.ink.dark)}
        h2,figure,th,td,.facts div,.step{border-color:\(Theme.grid.dark)}
        .step{border-left-color:\(Theme.series[0].dark)}
        header p,dt,dd small,caption,footer,.steps ul,.arrow{color:\(Theme.muted.dark)}
        .table:focus-visible{outline-color:\(Theme.series[0].dark)}
        }
        @media screen and (max-width:60rem){
        .facts{grid-template-columns:repeat(3,1fr)}
        .facts .score{grid-column:auto}
        }
        @media screen and (max-width:30rem){
        main{padding:1.2rem .8rem 2rem}
        h1{font-size:1.4rem}
        .facts{grid-template-columns:1fr 1fr;gap:.5rem}
        .facts div{padding:.45rem .6rem}
        dd data{font-size:1.35rem}
        .blocks{gap:1.1rem}
        th,td{padding-left:.3rem;padding-right:.3rem}
        }
        @media print{
        @page{margin:14mm}
        body{font-size:11px;line-height:1.35}
        main{max-width:none;padding:0}
        h1{font-size:1.5rem}
        h2{font-size:1.05rem;margin:1.4rem 0 .6rem}
        h2,caption,thead{break-after:avoid}
        figure,tr,.table,.facts div,.step{break-inside:avoid}
        .facts{gap:.4rem}
        .facts div{padding:.3rem .45rem}
        dt{font-size:9.5px}
        dd{font-size:11px}
        dd data{font-size:20px}
        dd small{font-size:9.5px}
        .blocks{grid-template-columns:1fr 1fr;gap:.7rem}
        .blocks figure:only-child svg{max-width:28rem}
        .blocks .wide svg{max-width:36rem}
        .table{overflow:visible}
        .blocks .table{grid-column:1/-1}
        th,td{padding-top:.1rem;padding-bottom:.1rem}
        }

        """
    }
}
