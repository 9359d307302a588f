import { phrases, words } from './word-list.ts';

/** Two-letter code and name of each state, in the order of the names. */
export const states: ReadonlyArray<readonly [code: string, name: string]> = phrases(`
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|
FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|
LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|
MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|
NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|
SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|
WV West Virginia|WI Wisconsin|WY Wyoming`).map(
  (line) => [line.slice(0, 2), line.slice(3)] as const,
);

/** Larger cities; the first ones are those of the United States. */
export const cities = phrases(`
Los Angeles|Chicago|Houston|Phoenix|Philadelphia|San Antonio|San Diego|Dallas|San Jose|Austin|Jacksonville|
Fort Worth|Columbus|Charlotte|San Francisco|Indianapolis|Seattle|Denver|Oklahoma City|Nashville|El Paso|
Boston|Portland|Las Vegas|Detroit|Memphis|Louisville|Baltimore|Milwaukee|Albuquerque|Tucson|Fresno|
Sacramento|Kansas City|Mesa|Atlanta|Omaha|Colorado Springs|Raleigh|Long Beach|Virginia Beach|Miami|Oakland|
Minneapolis|Tulsa|Bakersfield|Wichita|Arlington|Aurora|Tampa|New Orleans|Cleveland|Honolulu|Anaheim|
Lexington|Stockton|Corpus Christi|Henderson|Riverside|Newark|Saint Paul|St. Paul|Santa Ana|Cincinnati|Irvine|
Orlando|Pittsburgh|St. Louis|Saint Louis|Greensboro|Jersey City|Anchorage|Lincoln|Plano|Durham|Buffalo|
Chandler|Chula Vista|Toledo|Madison|Gilbert|Reno|Fort Wayne|North Las Vegas|St. Petersburg|Lubbock|Irving|
Laredo|Winston-Salem|Chesapeake|Glendale|Garland|Scottsdale|Norfolk|Boise|Fremont|Spokane|Santa Clarita|
Baton Rouge|Richmond|Hialeah|San Bernardino|Tacoma|Modesto|Huntsville|Des Moines|Yonkers|Rochester|
Moreno Valley|Fayetteville|Fontana|Worcester|Port St. Lucie|Little Rock|Augusta|Oxnard|Birmingham|
Montgomery|Frisco|Amarillo|Salt Lake City|Grand Rapids|Huntington Beach|Overland Park|Tempe|Brownsville|
Killeen|Tallahassee|Cape Coral|Mobile|Knoxville|Shreveport|Akron|Vancouver|Fort Lauderdale|Chattanooga|
Providence|Newport News|Mobile|Eugene|Salem|Santa Rosa|Garden Grove|Oceanside|Pembroke Pines|Springfield|
Elk Grove|Corona|Fort Collins|Jackson|Hayward|Salinas|Alexandria|Sunnyvale|Lakewood|Hollywood|Kansas City|
Palmdale|Pomona|Escondido|Pasadena|Joliet|Naperville|Bellevue|Paterson|Savannah|Bridgeport|Syracuse|
Torrance|McAllen|Mesquite|Dayton|Fullerton|Roseville|Rockford|Denton|Waco|Cedar Rapids|Gainesville|
Topeka|Ann Arbor|Evansville|Hartford|New Haven|Stamford|Fargo|Sioux Falls|Sioux City|Duluth|Green Bay|
Kenosha|Racine|Billings|Missoula|Bozeman|Cheyenne|Casper|Flagstaff|Santa Fe|Las Cruces|Provo|Ogden|
Beaverton|Bend|Medford|Corvallis|Everett|Olympia|Yakima|Bellingham|Kirkland|Redmond|Berkeley|Palo Alto|
Santa Clara|Santa Barbara|Santa Cruz|Santa Monica|San Mateo|San Rafael|Monterey|Burbank|Compton|Ventura|
Pensacola|Sarasota|Fort Myers|Naples|Boca Raton|West Palm Beach|Daytona Beach|Macon|Athens|Marietta|
Asheville|Wilmington|Charleston|Greenville|Columbia|Roanoke|Lynchburg|Charlottesville|Annapolis|Bethesda|
Rockville|Silver Spring|Dover|Trenton|Camden|Hoboken|Princeton|Allentown|Scranton|Erie|Lancaster|
Harrisburg|Albany|Utica|Ithaca|Schenectady|Brooklyn|Queens|Manhattan|Bronx|Staten Island|Burlington|
Montpelier|Concord|Nashua|Bangor|Lowell|Cambridge|Quincy|Lynn|Brockton|New Bedford|Fall River|Waterbury|
Danbury|Norwalk|Fairfield|Pawtucket|Warwick|Flint|Lansing|Kalamazoo|Saginaw|Dearborn|South Bend|Gary|
Bloomington|Muncie|Terre Haute|Peoria|Champaign|Decatur|Evanston|Davenport|Dubuque|Iowa City|Rapid City|
Bismarck|Grand Forks|Minot|St. Cloud|Mankato|Eau Claire|La Crosse|Oshkosh|Appleton|Owensboro|
Bowling Green|Murfreesboro|Clarksville|Johnson City|Tuscaloosa|Hattiesburg|Biloxi|Gulfport|Lafayette|
Monroe|Lake Charles|Fort Smith|Springdale|Norman|Stillwater|Abilene|Odessa|Midland|Galveston|Beaumont|
Tyler|Longview|Canton|Youngstown|Parma|Lorain|Elyria|Mansfield|Sandusky|Findlay|Zanesville|Wausau|Janesville|
Waukesha|Rochester Hills|Pontiac|Midland|Muskegon|Traverse City|Marquette|Duluth|Brainerd|Moorhead|Bemidji|
Grand Island|Kearney|Hutchinson|Salina|Enid|Lawton|Muskogee|Texarkana|Pueblo|Greeley|Loveland|Grand Junction|
St. George|Logan|Pocatello|Idaho Falls|Nampa|Twin Falls|Coeur d'Alene|Great Falls|Helena|Butte|Kalispell|
Lewiston|Walla Walla|Kennewick|Wenatchee|Bremerton|Chico|Redding|Eureka|Visalia|Merced|Napa|Vallejo|
San Luis Obispo|Carlsbad|Roswell|Farmington|Prescott|Yuma|Sedona|Ocala|Lakeland|Clearwater|Fort Pierce|
Key West|Panama City|Valdosta|Albany|Spartanburg|Myrtle Beach|Florence|Hickory|Gastonia|Kingsport|Bristol|
Roanoke|Danville|Petersburg|Hagerstown|Frederick|Cumberland|Altoona|Johnstown|Bethlehem|Reading|York|
Poughkeepsie|Binghamton|Elmira|Plattsburgh|Watertown|Pittsfield|Holyoke|Chicopee|Rutland|Portsmouth|New York City|NYC|San Fran|Los Alamos|Carson City|Hilo|Fairbanks|Juneau|
London|Paris|Berlin|Madrid|Rome|Toronto|Montreal|Ottawa|Calgary|Mexico City|Guadalajara|Tijuana|Havana|
San Juan|Manila|Hanoi|Saigon|Bangkok|Tokyo|Osaka|Seoul|Busan|Beijing|Shanghai|Hong Kong|Mumbai|Delhi|
Karachi|Lahore|Dhaka|Cairo|Lagos|Accra|Nairobi|Addis Ababa|Johannesburg|Sydney|Melbourne|Moscow|Kyiv|
Warsaw|Dublin|Edinburgh|Glasgow|Manchester|Liverpool|Amsterdam|Vienna|Zurich|Stockholm|Oslo|Copenhagen`);

export const countries = phrases(`
Afghanistan|Albania|Algeria|Argentina|Armenia|Australia|Austria|Bangladesh|Belarus|Belgium|Bolivia|Bosnia|
Brazil|Bulgaria|Burma|Cambodia|Cameroon|Canada|Chile|China|Colombia|Costa Rica|Croatia|Cuba|Cyprus|Denmark|
Dominican Republic|Ecuador|Egypt|El Salvador|England|Eritrea|Estonia|Ethiopia|Fiji|Finland|France|Germany|
Ghana|Greece|Guam|Guatemala|Guinea|Guyana|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|
Israel|Italy|Jamaica|Japan|Kazakhstan|Kenya|Korea|Kuwait|Laos|Latvia|Lebanon|Liberia|Libya|Lithuania|
Malaysia|Mali|Mexico|Moldova|Mongolia|Morocco|Mozambique|Myanmar|Nepal|Netherlands|New Zealand|Nicaragua|
Nigeria|North Korea|Norway|Pakistan|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Puerto Rico|Romania|
Russia|Rwanda|Samoa|Saudi Arabia|Scotland|Senegal|Serbia|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|
South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Sweden|Switzerland|Syria|Taiwan|Tanzania|Thailand|
Togo|Trinidad|Tunisia|Uganda|Ukraine|United Kingdom|Uruguay|Uzbekistan|Venezuela|Vietnam|Wales|Yemen|Zambia|
Zimbabwe|Belize|Bahamas|Barbados|Bermuda|Aruba|Micronesia|Tonga|Oman|Qatar|United Arab Emirates|Dubai|Macedonia|
Kosovo|Angola|Congo|Ivory Coast|Benin|Malawi|Madagascar|Namibia|Botswana|Djibouti|Luxembourg|Malta|Monaco|Bhutan|
Maldives|Brunei|Tibet|Palestine|Czech Republic|Azerbaijan|Kyrgyzstan|Turkmenistan|Tajikistan|Suriname|Burundi|
Gambia|Gabon|Grenada|Dominica|Saint Lucia|St. Lucia|Great Britain|Northern Ireland|West Bank|Okinawa|American Samoa`);

/** First words of made-up streets, hospitals and companies. */
export const placeStems = words(`
Alder Amber Ash Aspen Autumn Bay Beacon Birch Blue Briar Bridge Brook Canyon Cedar Clear Cliff Clover Copper
Coral Cotton Crescent Crystal Cypress Dogwood Eagle Elder Ember Falcon Fern Forest Garnet Glen Granite Harvest
Hawk Hazel Heather Heron Hickory Holly Iron Ivy Jasper Juniper Laurel Linden Lotus Maple Meadow Mill Misty
Mulberry Oak Olive Orchard Osprey Pebble Pine Prairie Quarry Raven Redwood Robin Rowan Sage Sand Silver Spruce
Stone Summit Sycamore Thistle Timber Valley Walnut Willow Winter`);

/** Second words of the same. */
export const placeEndings = words(`
Acres Arbor Bend Bluff Bridge Brook Cove Creek Crest Crossing Dale Falls Field Ford Gate Glen Grove Harbor
Haven Heights Hill Hollow Island Knoll Lake Landing Meadow Mill Park Pass Plains Point Pond Ridge Rock Run
Shore Springs Terrace Trail Vale View Vista Wood`);
