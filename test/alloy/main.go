// Command alloy parses files of Alloy's configuration language with the parser of Alloy itself. It reads one JSON object from
// standard input, { name: text }, and prints the mistakes, one a line; it exits with 1 when there are any. What an argument
// means, and whether there is a block of that name, only the whole program knows.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"

	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/parser"
)

func main() {
	log.SetFlags(0)
	var files map[string]string
	if err := json.NewDecoder(os.Stdin).Decode(&files); err != nil {
		log.Fatal(err)
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)

	// All files of a folder are one configuration: a block may be there once.
	seen := map[string]string{}
	failed := false
	for _, name := range names {
		file, err := parser.ParseFile(name, []byte(files[name]))
		if err != nil {
			fmt.Println(err)
			failed = true
			continue
		}
		for _, statement := range file.Body {
			block, ok := statement.(*ast.BlockStmt)
			if !ok {
				fmt.Printf("%s: an argument outside of a block\n", name)
				failed = true
				continue
			}
			id := block.GetBlockName() + " " + block.Label
			if first, again := seen[id]; again {
				fmt.Printf("%s: %s is in %s already\n", name, id, first)
				failed = true
			}
			seen[id] = name
		}
	}
	if failed {
		os.Exit(1)
	}
}
