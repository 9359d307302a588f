import { phrases } from './word-list.ts';

/** Care providers known by a short name. */
export const knownHospitals = phrases(`
Johns Hopkins|Cleveland Clinic|Cedar Sinai|Cedars Sinai|Cedars-Sinai|Cedar-Sinai|UCLA|UCSF|UCSD|UCSD Health|
UPMC|NYU Langone|NYU|Stanford|Mass General|Massachusetts General|Mass Gen|MGH|Mount Sinai|Mt. Sinai|Mt Sinai|
Mayo Clinic|Mayo|NY Presbyterian|New York Presbyterian|New York-Presbyterian|NewYork-Presbyterian|
Brigham and Women's|Brigham & Women's|Brigham|Beth Israel|Beth Israel Deaconess|MD Anderson|Sloan Kettering|
Memorial Sloan Kettering|MSK|Kaiser|Kaiser Permanente|Baylor|Baylor Scott & White|Houston Methodist|Bellevue|
Duke|Emory|Northwestern|Northwestern Memorial|UWMC|BIDMC|CHOP|HSS|NYP|UAB|Northwestern Medicine|Rush|Barnes-Jewish|Geisinger|Intermountain|
Sutter Health|Dignity Health|Providence Health|Providence|Ascension|Tenet|Advocate Health|Scripps|Sharp HealthCare|
Montefiore|Lenox Hill|Dana-Farber|Dana Farber|Tufts|Yale|Yale New Haven|Penn Medicine|Penn Presbyterian|
Jefferson|Temple|Hahnemann|Vanderbilt|Ochsner|Tulane|Grady|Piedmont|Parkland|UT Southwestern|Harborview|
Swedish|Virginia Mason|OHSU|Legacy|Banner Health|Banner|HonorHealth|Orlando Health|AdventHealth|Jackson Memorial|
Henry Ford|Beaumont|Spectrum Health|Froedtert|Hennepin|Fairview|Allina|Sanford|Avera|Essentia|Marshfield|
Walter Reed|Lahey|Maimonides|Cook County|Loyola|Children's Mercy|Boston Children's|Texas Children's|
Seattle Children's|Mercy|Good Samaritan|Cigna Health|City of Hope|Fred Hutch|Hopkins`);

/** Companies and bodies that are well-known employers or insurers. */
export const knownOrganizations = phrases(`
Quest Diagnostics|Quest|LabCorp|Labcorp|Accredo|Optum|Express Scripts|Caremark|Boeing|Amazon|Walmart|Costco|Home Depot|Lowe's|FedEx|UPS|USPS|McDonald's|Starbucks|Microsoft|Google|Apple|
Facebook|Intel|IBM|Oracle|Tesla|Ford Motor|General Motors|Chrysler|Toyota|Lockheed|Lockheed Martin|Raytheon|
Northrop Grumman|General Electric|Caterpillar|John Deere|Delta Airlines|United Airlines|American Airlines|
Southwest Airlines|Wells Fargo|Bank of America|JPMorgan|Citibank|Goldman Sachs|Verizon|Comcast|AT&T|Sprint|
T-Mobile|Kroger|Safeway|Publix|Walgreens|CVS|Rite Aid|Whole Foods|Trader Joe's|Best Buy|Macy's|Nordstrom|
Pepsi|Coca-Cola|Nestle|Tyson Foods|ExxonMobil|Exxon|Chevron|Uber|Lyft|Disney|Netflix|NASA|FBI|
Apria|Lincare|SAIF|H-E-B|HEB|Aldi|Meijer|Sears|Kmart|U.S. Army|U.S. Navy|Army|Navy|Air Force|Marine Corps|Marines|National Guard|Coast Guard|Red Cross|Salvation Army|Goodwill|YMCA|Alcoholics Anonymous|Medicaid Office|Meals on Wheels`);
