"""Reads or replaces the report inside a saved copy (副本) or an exported page: python3 report_in_copy.py read|write PAGE JSON"""
import json
import re
import sys

mode, page_name, json_name = sys.argv[1:]
with open(page_name, encoding="utf-8") as page:
    html = page.read()
found = re.search(r'(<script type="application/json" id="ziping-report">)(.*?)(</script>)', html, re.S)
if not found:
    sys.exit(f"{page_name}: no place for a report in it")
if mode == "read":
    with open(json_name, "w", encoding="utf-8") as out:
        json.dump(json.loads(found[2] or "null"), out, ensure_ascii=False, indent=2)
else:
    with open(json_name, encoding="utf-8") as source:
        text = json.dumps(json.load(source), ensure_ascii=False).replace("<", "\\u003c")
    with open(page_name, "w", encoding="utf-8") as out:
        out.write(html[: found.start(2)] + text + html[found.end(2) :])
