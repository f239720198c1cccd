//! Who reads figures with the lists behind them, and takes them away as files. What everyone reads
//! has its small numbers left out and needs no right.

yishi_kernel::rights! {
    /// Rights over figures.
    RIGHTS over Figure as "":
    /// Read the figures of a community or street with their lists, and have them as files (统计、导出).
    FIGURES "read_figures" { here by OFFICE };
}
