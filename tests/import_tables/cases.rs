//! Delimited text.

use waymark::import::{DateOrder, Destination, ReadHints, Request, Take};
use waymark::model::{Cadence, ImportMode, OnDuplicate, PercentForm, TableShape, Unit};

use super::{Known, read};

/// Each table with what it gives. `⏎` ends a line of the table.
const DIALECTS: &[(&str, &str)] = &[
    ("d,v⏎2026-01,1⏎2026-02,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d;v⏎2026-01;1⏎2026-02;2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d\tv⏎2026-01\t1⏎2026-02\t2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d|v⏎2026-01|1⏎2026-02|2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("sep=;⏎d;v⏎2026-01;1⏎2026-02;2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("sep=^⏎d^v⏎2026-01^1⏎2026-02^2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v\r⏎2026-01,1\r⏎2026-02,2\r⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v\r2026-01,1\r2026-02,2\r", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎2026-01,1⏎2026-02,2", "v: 2026-01-01=1 2026-02-01=2"),
    ("\"d\",\"v\"⏎\"2026-01\",\"1\"⏎\"2026-02\",\"2\"⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,\"v, with comma\"⏎2026-01,1⏎2026-02,2⏎", "v, with comma: 2026-01-01=1 2026-02-01=2"),
    ("d,\"v \"\"quoted\"\"\"⏎2026-01,1⏎2026-02,2⏎", "v \"quoted\": 2026-01-01=1 2026-02-01=2"),
    ("d,v,n⏎2026-01,1,\"two⏎lines\"⏎2026-02,x,⏎2026-03,3,⏎", "v: 2026-01-01=1 2026-03-01=3 | line 4, column \"v\": \"x\" is no number"),
    ("⏎⏎d,v⏎⏎2026-01,1⏎⏎2026-02,2⏎⏎", "v: 2026-01-01=1 2026-02-01=2"),
    (",,⏎d,v,⏎2026-01,1,⏎2026-02,2,⏎", "v: 2026-01-01=1 2026-02-01=2"),
    (" d , v ⏎ 2026-01 , 1 ⏎ 2026-02 , 2 ⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("Monthly report⏎Exported,2026-03-01⏎⏎Month,MAU⏎2026-01,1⏎2026-02,2⏎", "MAU: 2026-01-01=1 2026-02-01=2"),
    ("2026-01-01,1⏎2026-01-02,2⏎", "Column 2: 2026-01-01=1 2026-01-02=2"),
    ("v,d⏎1,2026-01⏎2,2026-02⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎2026-02,2⏎2026-01,1⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v,who⏎2026-01,1,Ada⏎2026-02,2,Bo⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎2026-01,1,stray⏎2026-02,2⏎2026-03,3⏎", "v: 2026-02-01=2 2026-03-01=3 | line 2: has 3 cells, but the header has 2"),
    ("n,d,v⏎x,2026-01,1⏎y,2026-02⏎z,2026-03,3⏎", "v: 2026-01-01=1 2026-03-01=3 | line 3, column \"v\": the row ends before this column"),
];

const DATES: &[(&str, &str)] = &[
    ("d,v⏎2026-01-31,1⏎2026-02-28,2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎2026/01/31,1⏎2026/02/28,2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎20260131,1⏎20260228,2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎202601,1⏎202602,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎31.01.2026,1⏎28.02.2026,2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎1.2.2026,1⏎1.3.2026,2⏎", "v: 2026-02-01=1 2026-03-01=2"),
    ("d,v⏎31.01.26,1⏎28.02.26,2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎31/01/2026,1⏎03/02/2026,2⏎", "v: 2026-01-31=1 2026-02-03=2"),
    ("d,v⏎01/31/2026,1⏎02/03/2026,2⏎", "v: 2026-01-31=1 2026-02-03=2"),
    (
        "d,v⏎03/04/2026,1⏎04/04/2026,2⏎",
        "refused: the dates in column \"d\" can be read as day/month or as month/day, such as \"03/04/2026\" on line 2; say which, or write them as 2026-03-01",
    ),
    (
        "d,v⏎31/01/2026,1⏎02/28/2026,2⏎",
        "refused: the dates in column \"d\" mix day/month (\"31/01/2026\" on line 2) and month/day (\"02/28/2026\" on line 3); write them as 2026-03-01",
    ),
    ("d,v⏎12/31/25,1⏎01/31/26,2⏎", "v: 2025-12-31=1 2026-01-31=2"),
    (
        "d,v⏎12/11/25,1⏎01/10/26,2⏎",
        "refused: the years in column \"d\" have two digits, such as \"12/11/25\" on line 2; say whether the day or the month comes first, or write the dates as 2026-03-01",
    ),
    ("d;v⏎Jän 2026;1⏎Feb 2026;2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎31-Jan-26,1⏎28-Feb-26,2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎31 January 2026,1⏎28 February 2026,2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎\"January 31, 2026\",1⏎\"Feb 28, 2026\",2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎\"Sat, 31 Jan 2026\",1⏎\"Sat, 28 Feb 2026\",2⏎", "v: 2026-01-31=1 2026-02-28=2"),
    ("d,v⏎1st Mar 2026,1⏎2nd Mar 2026,2⏎", "v: 2026-03-01=1 2026-03-02=2"),
    ("d,v⏎Jan-26,1⏎Feb-26,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎Jan 2026,1⏎Feb 2026,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎Jan '26,1⏎Feb '26,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎01/2026,1⏎02/2026,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎2026M01,1⏎2026M02,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d;v⏎Januar 2026;1⏎März 2026;3⏎", "v: 2026-01-01=1 2026-03-01=3"),
    ("d;v⏎31. Jan. 2026;1⏎28. Okt. 2026;2⏎", "v: 2026-01-31=1 2026-10-28=2"),
    ("d;v⏎janvier 2026;1⏎août 2026;8⏎", "v: 2026-01-01=1 2026-08-01=8"),
    ("d;v⏎1er févr. 2026;1⏎2 févr. 2026;2⏎", "v: 2026-02-01=1 2026-02-02=2"),
    ("d;v⏎enero de 2026;1⏎diciembre de 2026;12⏎", "v: 2026-01-01=1 2026-12-01=12"),
    ("d;v⏎5 de marzo de 2026;1⏎6 de marzo de 2026;2⏎", "v: 2026-03-05=1 2026-03-06=2"),
    ("d,v⏎2026-Q1,1⏎2026-Q2,2⏎", "v: 2026-01-01=1 2026-04-01=2"),
    ("d,v⏎Q1 2026,1⏎Q2 2026,2⏎", "v: 2026-01-01=1 2026-04-01=2"),
    ("d,v⏎2026Q1,1⏎2026Q2,2⏎", "v: 2026-01-01=1 2026-04-01=2"),
    ("d,v⏎Q3 FY26,1⏎Q4 FY26,2⏎", "v: 2026-07-01=1 2026-10-01=2"),
    ("d;v⏎1. Quartal 2026;1⏎2. Quartal 2026;2⏎", "v: 2026-01-01=1 2026-04-01=2"),
    ("d,v⏎2026-W01,1⏎2026-W02,2⏎", "v: 2025-12-29=1 2026-01-05=2"),
    ("d,v⏎2026W14,1⏎2026W15,2⏎", "v: 2026-03-30=1 2026-04-06=2"),
    ("d;v⏎KW 14/2026;1⏎KW 15/2026;2⏎", "v: 2026-03-30=1 2026-04-06=2"),
    ("d,v⏎2026-W14-1,1⏎2026-W14-2,2⏎", "v: 2026-03-30=1 2026-03-31=2"),
    ("year,v⏎2024,1⏎2025,2⏎", "v: 2024-01-01=1 2025-01-01=2"),
    ("d,v⏎FY2024,1⏎FY2025,2⏎", "v: 2024-01-01=1 2025-01-01=2"),
    ("d,v⏎FY2024/25,1⏎FY2025/26,2⏎", "v: 2025-01-01=1 2026-01-01=2"),
    ("time,v⏎1949,1⏎1949.08333333333,2⏎1949.16666666667,3⏎", "v: 1949-01-01=1 1949-02-01=2 1949-03-01=3"),
    ("time,v⏎1956.0,1⏎1956.25,2⏎1956.5,3⏎", "v: 1956-01-01=1 1956-04-01=2 1956-07-01=3"),
    ("year,quarter,v⏎1959,1,10⏎1959,2,11⏎", "v: 1959-01-01=10 1959-04-01=11"),
    ("year,month,v⏎1959,1,10⏎1959,2,11⏎", "v: 1959-01-01=10 1959-02-01=11"),
    ("date,v⏎46023,1⏎46054,2⏎", "v: 2026-01-01=1 2026-02-01=2"),
    ("d,v⏎2026-01-01 14:00,1⏎2026-01-01 15:00,2⏎", "v: 2026-01-01T14:00:00=1 2026-01-01T15:00:00=2"),
    ("d,v⏎2026-01-01T14:00:00Z,1⏎2026-01-01T15:00:00Z,2⏎", "v: 2026-01-01T14:00:00=1 2026-01-01T15:00:00=2"),
    ("d,v⏎31/01/2026 2:30 PM,1⏎31/01/2026 3:30 PM,2⏎", "v: 2026-01-31T14:30:00=1 2026-01-31T15:30:00=2"),
    (
        "d,v⏎2026-01-01,1⏎2026-02-30,2⏎2026-03-01,3⏎2026-03-02,4⏎2026-03-03,5⏎2026-03-04,6⏎2026-03-05,7⏎2026-03-06,8⏎2026-03-07,9⏎2026-03-08,10⏎",
        "v: 2026-01-01=1 2026-03-01=3 2026-03-02=4 2026-03-03=5 2026-03-04=6 2026-03-05=7 2026-03-06=8 2026-03-07=9 2026-03-08=10 | line 3, column \"d\": \"2026-02-30\" is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026",
    ),
];

const NUMBERS: &[(&str, &str)] = &[
    ("d;v⏎2026-01;1.234,5⏎2026-02;2.000,25⏎", "v: 2026-01-01=1234.5 2026-02-01=2000.25"),
    ("d;v⏎2026-01;1,234.5⏎2026-02;2,000.25⏎", "v: 2026-01-01=1234.5 2026-02-01=2000.25"),
    ("d;v⏎2026-01;1 234,5⏎2026-02;2 000,25⏎", "v: 2026-01-01=1234.5 2026-02-01=2000.25"),
    ("d;v⏎2026-01;1'234.5⏎2026-02;2'000.25⏎", "v: 2026-01-01=1234.5 2026-02-01=2000.25"),
    ("d;v⏎2026-01;1,5⏎2026-02;2⏎", "v: 2026-01-01=1.5 2026-02-01=2"),
    ("d;v⏎2026-01;1.5⏎2026-02;2⏎", "v: 2026-01-01=1.5 2026-02-01=2"),
    ("d,v⏎2026-01,\"1,234\"⏎2026-02,\"2,345\"⏎", "v: 2026-01-01=1234 2026-02-01=2345"),
    (
        "d;v⏎2026-01;1.234⏎2026-02;2.345⏎",
        "refused: the numbers in column \"v\" can be read with a decimal point or a decimal comma, such as \"1.234\" on line 2; say which",
    ),
    (
        "d;v⏎2026-01;1.5⏎2026-02;2,5⏎",
        "refused: the numbers in column \"v\" mix decimal marks: \"1.5\" on line 2 has a \".\", \"2,5\" on line 3 a \",\"",
    ),
    ("d,v⏎2026-01,(12)⏎2026-02,-3⏎", "v: 2026-01-01=-12 2026-02-01=-3"),
    ("d,v⏎2026-01,−12⏎2026-02,+3⏎", "v: 2026-01-01=-12 2026-02-01=3"),
    ("d,v⏎2026-01,€ 12⏎2026-02,€ 13.5⏎", "v: 2026-01-01=12 2026-02-01=13.5"),
    ("d,v⏎2026-01,12 EUR⏎2026-02,13.5 EUR⏎", "v: 2026-01-01=12 2026-02-01=13.5"),
    ("d,v⏎2026-01,-$12.00⏎2026-02,$13.50⏎", "v: 2026-01-01=-12 2026-02-01=13.5"),
    ("d,v⏎2026-01,($1.50)⏎2026-02,$2.50⏎", "v: 2026-01-01=-1.5 2026-02-01=2.5"),
    ("d,v⏎2026-01,1.2M⏎2026-02,980k⏎", "v: 2026-01-01=1200000 2026-02-01=980000"),
    ("d,v⏎2026-01,$1.2bn⏎2026-02,$1.3 billion⏎", "v: 2026-01-01=1200000000 2026-02-01=1300000000"),
    ("d;v⏎2026-01;1,2 Mio. €⏎2026-02;1,3 Mio. €⏎", "v: 2026-01-01=1200000 2026-02-01=1300000"),
    ("d,v⏎2026-01,45%⏎2026-02,45.5 %⏎", "v: 2026-01-01=45 2026-02-01=45.5"),
    ("d,v⏎2026-01,1e3⏎2026-02,1.5E-2⏎", "v: 2026-01-01=1000 2026-02-01=0.015"),
    ("d,v⏎2026-01,.5⏎2026-02,5.⏎", "v: 2026-01-01=0.5 2026-02-01=5"),
    ("d,v⏎2026-01,-0⏎2026-02,007⏎", "v: 2026-01-01=0 2026-02-01=7"),
    ("d,v⏎2026-01,0.1⏎2026-02,0.30000000000000004⏎", "v: 2026-01-01=0.1 2026-02-01=0.30000000000000004"),
    ("d,v⏎2026-01,12*⏎2026-02,13²⏎2026-03,14 [1]⏎", "v: 2026-01-01=12 2026-02-01=13 2026-03-01=14"),
    ("d,v⏎2026-01,1⏎2026-02,⏎2026-03,n/a⏎2026-04,-⏎2026-05,5⏎", "v: 2026-01-01=1 2026-05-01=5 | blank 3,4,5"),
    ("d,v⏎2026-01,1⏎2026-02,NULL⏎2026-03,#N/A⏎2026-04,..⏎2026-05,5⏎", "v: 2026-01-01=1 2026-05-01=5 | blank 3,4,5"),
    ("d,v⏎2026-01,1⏎,2⏎2026-03,3⏎", "v: 2026-01-01=1 2026-03-01=3 | line 3, column \"d\": the date is missing"),
    (
        "d,v⏎0001-01-01,1⏎2026-01-02,2⏎2026-01-03,3⏎2026-01-04,4⏎2026-01-05,5⏎2026-01-06,6⏎2026-01-07,7⏎2026-01-08,8⏎2026-01-09,9⏎2026-01-10,10⏎",
        "v: 2026-01-02=2 2026-01-03=3 2026-01-04=4 2026-01-05=5 2026-01-06=6 2026-01-07=7 2026-01-08=8 2026-01-09=9 2026-01-10=10 | line 2, column \"d\": \"0001-01-01\" is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026",
    ),
    (
        "d,v⏎2026-01,1⏎,⏎2026-03,3⏎Total,4⏎2026-04,4⏎2026-05,4⏎2026-06,4⏎2026-07,4⏎2026-08,4⏎2026-09,4⏎2026-10,4⏎2026-11,4⏎2026-12,4⏎",
        "v: 2026-01-01=1 2026-03-01=3 2026-04-01=4 2026-05-01=4 2026-06-01=4 2026-07-01=4 2026-08-01=4 2026-09-01=4 2026-10-01=4 2026-11-01=4 2026-12-01=4 | line 5, column \"d\": \"Total\" is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026",
    ),
    ("d,v⏎2026-01,1⏎2026-02,#DIV/0!⏎2026-03,3⏎", "v: 2026-01-01=1 2026-03-01=3 | line 3, column \"v\": \"#DIV/0!\" is no number"),
    ("d,v⏎2026-01,1⏎2026-02,1e999⏎2026-03,3⏎", "v: 2026-01-01=1 2026-03-01=3 | line 3, column \"v\": \"1e999\" is no number"),
    ("d,v⏎2026-01,1⏎2026-02,5m⏎2026-03,3⏎", "v: 2026-01-01=1 2026-03-01=3 | line 3, column \"v\": \"5m\" is no number"),
];

const SHAPES: &[(&str, &str)] = &[
    ("d,a,b⏎2026-01,1,10⏎2026-02,2,20⏎", "a: 2026-01-01=1 2026-02-01=2\nb: 2026-01-01=10 2026-02-01=20"),
    ("d,a,note,b⏎2026-01,1,x,10⏎2026-02,,y,20⏎", "a: 2026-01-01=1 | blank 3\nb: 2026-01-01=10 2026-02-01=20"),
    ("d;v⏎2026-01;(200,00) €⏎2026-02;1.234,50-⏎2026-03;€ (5,5)⏎", "v: 2026-01-01=-200 2026-02-01=-1234.5 2026-03-01=-5.5"),
    ("d,v⏎2026-01,5-⏎2026-02,-⏎2026-03,7⏎", "v: 2026-01-01=-5 2026-03-01=7 | blank 3"),
    (
        "d,v⏎2026-01,(5-)⏎2026-02,--5⏎2026-03,7⏎2026-04,8⏎2026-05,9⏎",
        "v: 2026-03-01=7 2026-04-01=8 2026-05-01=9 | line 2, column \"v\": \"(5-)\" is no number | line 3, column \"v\": \"--5\" is no number",
    ),
    (
        "d,rate⏎2026-01,45%⏎2026-02,0.5⏎2026-03,47%⏎",
        "refused: the percentages in column \"rate\" can be read as shares or as hundredths, such as \"0.5\" on line 3; say whether 0.45 is 45 % or 0.45 %",
    ),
    ("d,rate⏎2026-01,45%⏎2026-02,46.5⏎2026-03,0.5⏎", "rate: 2026-01-01=45 2026-02-01=46.5 2026-03-01=0.5"),
    ("d;a;b⏎2026-01;1,5;10⏎2026-02;2,5;20⏎", "a: 2026-01-01=1.5 2026-02-01=2.5\nb: 2026-01-01=10 2026-02-01=20"),
    (
        "d;a;b⏎2026-01;1,5;1.5⏎2026-02;2.5;2.5⏎",
        "b: 2026-01-01=1.5 2026-02-01=2.5\na: refused: the numbers in column \"a\" mix decimal marks: \"2.5\" on line 3 has a \".\", \"1,5\" on line 2 a \",\"",
    ),
    (
        "date,metric,value⏎2026-01,MAU,1⏎2026-01,NPS,30⏎2026-02,MAU,2⏎2026-02,NPS,31⏎",
        "MAU: 2026-01-01=1 2026-02-01=2\nNPS: 2026-01-01=30 2026-02-01=31",
    ),
    (
        "metric;month;value⏎MAU;2026-01;1⏎MAU;2026-02;2⏎NPS;2026-01;30⏎NPS;2026-02;n/a⏎",
        "MAU: 2026-01-01=1 2026-02-01=2\nNPS: 2026-01-01=30 | blank 5",
    ),
    ("date,metric,value⏎2026-01,MAU,1⏎2026-01,NPS,30⏎", "MAU: 2026-01-01=1\nNPS: 2026-01-01=30"),
    (
        "KPI,Unit,Jan 2026,Feb 2026,Mar 2026,Total⏎MAU,k,1,2,3,6⏎NPS,,30,n/a,31,x⏎Cost,€,€5,#REF!,€6,5⏎",
        "MAU: 2026-01-01=1 2026-02-01=2 2026-03-01=3\nNPS: 2026-01-01=30 2026-03-01=31 | blank 4\nCost: 2026-01-01=5 2026-03-01=6 | line 4, column \"Cost\": \"#REF!\" is no number",
    ),
    (
        "Region;Kennzahl;2024;2025⏎Nord;Umsatz;1,5;2,5⏎Nord;Kunden;10;20⏎",
        "Umsatz: 2024-01-01=1.5 2025-01-01=2.5\nKunden: 2024-01-01=10 2025-01-01=20",
    ),
    ("x,v⏎1,10⏎2,11⏎3,12⏎", "v: 2000-01-01=10 2000-01-02=11 2000-01-03=12"),
    ("Demand,Heat⏎174.5,26.5⏎188.2,25.5⏎", "Demand: 2000-01-01=174.5 2000-01-02=188.2\nHeat: 2000-01-01=26.5 2000-01-02=25.5"),
    ("a,b⏎x,y⏎z,w⏎", "refused: no column holds numbers; the columns are \"a\", \"b\""),
    (
        "d,v⏎2026-01,1⏎soon,2⏎2026-02,3⏎",
        "v: 2026-01-01=1 2026-02-01=3 | line 3, column \"d\": \"soon\" is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026",
    ),
    (
        "d,v⏎2026-01,1⏎2026-01,2⏎2026-02,3⏎",
        "refused: one date occurs more than once: 2026-01-01 (lines 2, 3); choose rows with a filter, or remove the extra ones",
    ),
    ("", "refused: the file is empty"),
    ("  ⏎ ⏎", "refused: the file is empty"),
    ("d,v⏎", "refused: the file has a header but no rows"),
    ("d,v⏎2026-01,1⏎2026-02,2\0⏎", "refused: the file is no text: line 3 has a NUL byte"),
    ("d,v⏎soon,1⏎later,2⏎", "refused: no row has a date and a value"),
];

fn check(cases: &[(&str, &str)]) {
    for (text, expect) in cases {
        let found = read(text.replace('⏎', "\n").as_bytes(), &Known::default());
        assert_eq!(found, *expect, "{text}");
    }
}

#[test]
fn every_dialect() {
    check(DIALECTS);
}

#[test]
fn every_form_of_dates() {
    check(DATES);
}

#[test]
fn every_form_of_numbers() {
    check(NUMBERS);
}

#[test]
fn every_shape_and_what_is_none() {
    check(SHAPES);
}

#[test]
fn there_are_many_of_them() {
    let count = DIALECTS.len() + DATES.len() + NUMBERS.len() + SHAPES.len() + encodings().len() + HINTED.len();
    println!("{count} tables");
    assert!(count >= 120, "{count}");
}

fn encodings() -> Vec<(&'static str, Vec<u8>)> {
    let text = "Monat;Größe\n2026-01;1\n2026-02;2\n";
    let wide = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("UTF-16LE with a mark", [&b"\xFF\xFE"[..], &wide(u16::to_le_bytes)].concat()),
        ("UTF-16BE with a mark", [&b"\xFE\xFF"[..], &wide(u16::to_be_bytes)].concat()),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
        ("windows-1252", latin),
    ]
}

#[test]
fn every_encoding() {
    for (name, bytes) in encodings() {
        assert_eq!(read(&bytes, &Known::default()), "Größe: 2026-01-01=1 2026-02-01=2", "{name}");
    }
    let cyrillic = encode("windows-1251", "Месяц;Пользователи\n2026-01;1\n2026-02;2\n");
    let hints = ReadHints { encoding: Some("windows-1251".to_owned()), ..ReadHints::default() };
    assert_eq!(read(&cyrillic, &Known { hints, ..Known::default() }), "Пользователи: 2026-01-01=1 2026-02-01=2");
    let hints = ReadHints { encoding: Some("utf-8".to_owned()), ..ReadHints::default() };
    assert_eq!(read(&cyrillic, &Known { hints, ..Known::default() }), "refused: the file is not written in UTF-8");
    let hints = ReadHints { encoding: Some("klingon".to_owned()), ..ReadHints::default() };
    let refused = "refused: \"klingon\" is no encoding; examples are utf-8, windows-1252 and utf-16le";
    assert_eq!(read(&cyrillic, &Known { hints, ..Known::default() }), refused);
}

fn encode(label: &str, text: &str) -> Vec<u8> {
    encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
}

/// A table, what is said of it, and what it gives.
type Hinted = (&'static str, fn() -> Known, &'static str);

fn with(change: fn(&mut Request)) -> Known {
    Known { change: Some(change), ..Known::default() }
}

const HINTED: &[Hinted] = &[
    ("d,v⏎03/04/2026,1⏎04/04/2026,2⏎", || with(|r| r.date_order = Some(DateOrder::DayFirst)), "v: 2026-04-03=1 2026-04-04=2"),
    ("d,v⏎03/04/2026,1⏎04/04/2026,2⏎", || with(|r| r.date_order = Some(DateOrder::MonthFirst)), "v: 2026-03-04=1 2026-04-04=2"),
    ("d,v⏎12/31/25,1⏎01/31/26,2⏎", || with(|r| r.date_order = Some(DateOrder::MonthFirst)), "v: 2025-12-31=1 2026-01-31=2"),
    ("d,v⏎26/03/01,1⏎26/03/02,2⏎", || with(|r| r.date_format = Some("%y/%m/%d".to_owned())), "v: 2026-03-01=1 2026-03-02=2"),
    (
        "d,v⏎26/03/01,1⏎x,2⏎",
        || {
            with(|r| {
                r.date_format = Some("%y/%m/%d".to_owned());
                r.takes[0].cadence = Some(Cadence::Daily);
            })
        },
        "v: 2026-03-01=1 | line 3, column \"d\": \"x\" is no date of the form %y/%m/%d",
    ),
    ("d;v⏎2026-01;1.234⏎2026-02;2.345⏎", || with(|r| r.decimal_mark = Some(',')), "v: 2026-01-01=1234 2026-02-01=2345"),
    ("d;v⏎2026-01;1.234⏎2026-02;2.345⏎", || with(|r| r.decimal_mark = Some('.')), "v: 2026-01-01=1.234 2026-02-01=2.345"),
    ("d,v⏎2026-01,1⏎2026-01,2⏎2026-02,3⏎", || with(|r| r.on_duplicate = OnDuplicate::Last), "v: 2026-01-01=2 2026-02-01=3"),
    ("d,v⏎2026-01,1⏎2026-01,2⏎2026-02,3⏎", || with(|r| r.on_duplicate = OnDuplicate::Sum), "v: 2026-01-01=3 2026-02-01=3"),
    ("d,v⏎2026-01,1⏎2026-01,2⏎2026-02,3⏎", || with(|r| r.on_duplicate = OnDuplicate::Mean), "v: 2026-01-01=1.5 2026-02-01=3"),
    (
        "d,v⏎2026-01,1e308⏎2026-01,1e308⏎2026-02,3⏎",
        || with(|r| r.on_duplicate = OnDuplicate::Sum),
        "refused: the sum of the values at 2026-01-01 is too large for a number",
    ),
    (
        "d,v,k⏎2026-01,1,a⏎2026-01,2,b⏎2026-02,3,a⏎",
        || {
            with(|r| {
                r.shape = TableShape::Long { date: "d".to_owned(), value: "v".to_owned() };
                r.takes.truncate(1);
                r.takes[0] = Take { from: "v".to_owned(), ..r.takes[0].clone() };
                r.filters = vec![("k".to_owned(), "a".to_owned())];
            })
        },
        "a: 2026-01-01=1 2026-02-01=3",
    ),
    (
        "x,v⏎1,10⏎2,11⏎",
        || {
            with(|r| {
                r.start = "2026-01-31".parse().ok();
                r.takes[0].cadence = Some(Cadence::Monthly);
            })
        },
        "v: 2026-01-31=10 2026-02-28=11",
    ),
    (
        "d,rate⏎2026-01,0.45⏎2026-02,0.07⏎",
        || Known { unit: Some(Unit::Percent), ..with(|r| r.percent = Some(PercentForm::Share)) },
        "rate: 2026-01-01=45 2026-02-01=7",
    ),
    (
        "d,rate⏎2026-01,0.45⏎2026-02,0.07⏎",
        || Known { unit: Some(Unit::Percent), ..with(|r| r.percent = Some(PercentForm::Hundredths)) },
        "rate: 2026-01-01=0.45 2026-02-01=0.07",
    ),
    (
        "d,rate⏎2026-01,0.45⏎2026-02,0.07⏎",
        || Known { unit: Some(Unit::Percent), ..Known::default() },
        "refused: the percentages in column \"rate\" can be read as shares or as hundredths, such as \"0.45\" on line 2; say whether 0.45 is 45 % or 0.45 %",
    ),
    ("d,rate⏎2026-01,45%⏎2026-02,0.07⏎", || Known { unit: Some(Unit::Ratio), ..Known::default() }, "rate: 2026-01-01=0.45 2026-02-01=0.07"),
    ("d,v⏎Q1 FY26,1⏎Q2 FY26,2⏎", || Known { fiscal_start_month: Some(4), ..Known::default() }, "v: 2025-04-01=1 2025-07-01=2"),
    (
        "a~b⏎2026-01~1⏎2026-02~2⏎",
        || Known { hints: ReadHints { delimiter: Some('~'), ..ReadHints::default() }, ..Known::default() },
        "b: 2026-01-01=1 2026-02-01=2",
    ),
    (
        "a,b⏎2026-01,1⏎",
        || Known { hints: ReadHints { delimiter: Some('é'), ..ReadHints::default() }, ..Known::default() },
        "refused: 'é' cannot be a delimiter; it must be one ASCII character",
    ),
    (
        "x,y⏎d,v⏎2026-01,1⏎2026-02,2⏎",
        || Known { hints: ReadHints { skip_rows: Some(0), ..ReadHints::default() }, ..Known::default() },
        "y: 2026-01-01=1 2026-02-01=2 | line 2, column \"y\": \"v\" is no number",
    ),
    ("d,v⏎2026-01,1⏎2026-02,2⏎", || with(|r| r.mode = ImportMode::Replace), "v: 2026-01-01=1 2026-02-01=2"),
    (
        TWO_NAMES,
        Known::default,
        "Calls: refused: 2 dates occur more than once: 2026-01-01 (lines 2, 4), 2026-02-01 (lines 6, 8); choose rows with a filter, or remove the extra ones\nWaits: refused: 2 dates occur more than once: 2026-01-01 (lines 3, 5), 2026-02-01 (lines 7, 9); choose rows with a filter, or remove the extra ones",
    ),
    (
        TWO_NAMES,
        || with(|r| r.filters = vec![("region".to_owned(), "N".to_owned())]),
        "Calls: 2026-01-01=1 2026-02-01=5\nWaits: 2026-01-01=2 2026-02-01=6",
    ),
    (
        TWO_NAMES,
        || {
            with(|r| {
                r.shape = TableShape::Tall { date: "d".to_owned(), metric: "kpi + region".to_owned(), value: "v".to_owned() };
                let take = |from: &str| Take::new(from, Destination::New { name: from.to_owned(), unit: Unit::Count });
                r.takes = ["Calls – N", "Waits – S"].map(take).to_vec();
            })
        },
        "Calls – N: 2026-01-01=1 2026-02-01=5\nWaits – S: 2026-01-01=4 2026-02-01=8",
    ),
];

/// Two columns tell the rows of a date apart.
const TWO_NAMES: &str = "d,region,kpi,v⏎2026-01,N,Calls,1⏎2026-01,N,Waits,2⏎2026-01,S,Calls,3⏎2026-01,S,Waits,4⏎2026-02,N,Calls,5⏎2026-02,N,Waits,6⏎2026-02,S,Calls,7⏎2026-02,S,Waits,8⏎";

#[test]
fn what_is_said_beforehand_decides() {
    for (text, known, expect) in HINTED {
        assert_eq!(read(text.replace('⏎', "\n").as_bytes(), &known()), *expect, "{text}");
    }
}
